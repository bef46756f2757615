package dev.probity.kernel.bytes;

/**
 * Bytes that are not what the reader expects. The message says where, and nothing of the content.
 */
public final class ByteFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ByteFormatException(String message) {
    super(message);
  }
}
