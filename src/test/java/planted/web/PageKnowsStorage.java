package planted.web;

import planted.storage.Table;

/** A page that goes to storage by itself. */
public record PageKnowsStorage(Table table) {}
