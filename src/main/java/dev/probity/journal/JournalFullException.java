package dev.probity.journal;

/** There is no room: the stores have not taken in what is there, or the disk is full. */
public final class JournalFullException extends JournalException {
  private static final long serialVersionUID = 1;

  JournalFullException(String message) {
    super(message, null);
  }
}
