package dev.probity.gateway.door;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway listens ({@code server:}).
 *
 * @param host the address to bind; all of them by default
 * @param port 0 takes a free one
 */
public record DoorSettings(String host, int port, Optional<Tls> tls) {
  /** PEM files: the certificate chain and its PKCS #8 private key. */
  public record Tls(Path certificate, Path key) {}
}
