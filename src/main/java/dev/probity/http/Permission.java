package dev.probity.http;

/** What a caller must be to use a route. Every route names one; there is no default. */
public enum Permission {
  /** Nobody in particular: the sign-in page, files, the API's description. */
  ANYONE,
  /** Somebody whose role administers the organization: an owner's key, or a signed-in person. */
  ADMINISTER
}
