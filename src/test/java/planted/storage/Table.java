package planted.storage;

/** What a page must not know. */
public record Table(String name) {}
