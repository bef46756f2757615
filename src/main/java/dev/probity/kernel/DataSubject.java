package dev.probity.kernel;

/** Whom a stored field is about. */
public enum DataSubject {
  /** Nobody: the field is not about a person. */
  NOBODY,
  /** The organization as a whole. */
  ORGANIZATION,
  /** The holder of the key, found through its key id. */
  KEY_HOLDER,
  /** The person who works with the agent, found through the store's number of them. */
  PERSON
}
