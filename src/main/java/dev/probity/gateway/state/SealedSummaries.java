package dev.probity.gateway.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.translate.responses.compaction.Sealing;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.seal.BrokenSealException;
import dev.probity.kernel.seal.Sealer;
import java.util.Base64;
import java.util.Optional;

/**
 * Encrypts summaries of conversations, so that only the organization they were made for can bring
 * them back.
 */
public record SealedSummaries(Sealer sealer, OrganizationId organization) implements Sealing {
  @Override
  public String seal(String summary) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sealer.seal(summary.getBytes(UTF_8), place()));
  }

  @Override
  public Optional<String> open(String sealed) {
    try {
      return Optional.of(
          new String(sealer.open(Base64.getUrlDecoder().decode(sealed), place()), UTF_8));
    } catch (IllegalArgumentException | BrokenSealException _) {
      return Optional.empty();
    }
  }

  private byte[] place() {
    return ("compaction of " + organization.value()).getBytes(UTF_8);
  }
}
