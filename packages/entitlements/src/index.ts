// What the customer may ask of us: service packages, quotas, coverage.

export {}
