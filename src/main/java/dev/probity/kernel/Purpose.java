package dev.probity.kernel;

/** What a stored field is kept for. */
public enum Purpose {
  SERVE_REQUESTS,
  ACCOUNT_FOR_USE,
  SECURE_THE_SERVICE,
  OPERATE_THE_SERVICE
}
