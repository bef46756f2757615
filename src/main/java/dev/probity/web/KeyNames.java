package dev.probity.web;

import dev.probity.identity.KeyRecord;
import dev.probity.identity.Keys;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keys are called, for lists that know only their ids. */
public final class KeyNames {
  private static final int MOST = 1_000;

  private final Map<String, String> names = new LinkedHashMap<>();

  public KeyNames(Keys keys, OrganizationId organization) {
    for (KeyRecord key : keys.list(organization, MOST, Optional.empty()).items()) {
      names.put(key.id().value(), key.name());
    }
    names.put(KeyId.ENVIRONMENT.value(), "Operator's key");
  }

  /** The name; the id itself for a key that is not among the newest. */
  public String of(KeyId id) {
    return id.equals(KeyId.NONE) ? "no key" : names.getOrDefault(id.value(), id.value());
  }

  /** For a list to choose from. */
  public List<Choice> choices() {
    return names.entrySet().stream().map(e -> new Choice(e.getKey(), e.getValue())).toList();
  }
}
