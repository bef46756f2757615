package dev.probity.server.remote;

/** Probity was not reached, or refused; the message says why, and what to do, in words. */
public final class RemoteException extends Exception {
  private static final long serialVersionUID = 1;

  RemoteException(String message) {
    super(message);
  }
}
