package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import java.util.Optional;

/** Whose key a key is. */
public interface KeyPeople {
  /** The person that a key was issued for; empty for a key that several share. */
  Optional<String> personOf(KeyId key);

  /** What the key is called; empty if it is not known. */
  Optional<String> nameOf(KeyId key);
}
