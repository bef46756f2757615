package dev.probity.server;

import dev.probity.identity.KeyRing;
import dev.probity.kernel.KeyId;
import dev.probity.telemetry.sessions.KeyPeople;
import java.util.Optional;

/** Whose key a key is, from the ring of live keys in memory. */
record KeyHolders(KeyRing ring) implements KeyPeople {
  @Override
  public Optional<String> personOf(KeyId key) {
    return ring.personOf(key);
  }

  @Override
  public Optional<String> nameOf(KeyId key) {
    return ring.nameOf(key);
  }
}
