package dev.probity.identity;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/keys}: the keys that Probity issues. */
public final class KeysApi {
  private static final int LONGEST_LIST = 1_000;
  private static final int USUAL_LIST = 50;

  private final Keys keys;

  public KeysApi(Keys keys) {
    this.keys = keys;
  }

  /**
   * The body of {@code POST /api/keys}.
   *
   * @param role {@code member} (the default) or {@code owner}
   * @param person the one person who will hold it
   */
  record NewKey(@Nullable String name, @Nullable String role, @Nullable String person) {}

  public Answer create(Call call) {
    NewKey wish = call.json(NewKey.class);
    if (wish.name() == null) {
      throw RefusedException.invalid("invalid_name", "Give the key a name: {\"name\": \"…\"}.");
    }
    Role role =
        switch (wish.role() == null ? "member" : wish.role()) {
          case "member" -> Role.MEMBER;
          case "owner" -> Role.OWNER;
          default -> throw RefusedException.invalid("invalid_role", "The role is member or owner.");
        };
    Optional<String> person = Optional.ofNullable(wish.person());
    return switch (keys.create(call.caller().organization(), wish.name(), role, person)) {
      case Keys.Refused refused -> throw new RefusedException(refused.refusal());
      case Keys.Created created ->
          Answer.json(201, json(created.record()).put("key", created.key().reveal()));
    };
  }

  public Answer list(Call call) {
    Parameters query = call.query("limit", "cursor", "format");
    Page<KeyRecord> page =
        keys.list(
            call.caller().organization(),
            query.number("limit", 1, LONGEST_LIST, USUAL_LIST),
            query.text("cursor"));
    if (Csv.wanted(call, query)) {
      return Answer.csv("keys.csv", csv(page.items()));
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    page.items().forEach(key -> items.add(json(key)));
    return Answer.json(root.put("next", page.next().orElse(null)));
  }

  public Answer revoke(Call call) {
    KeyId id = new KeyId(call.pathParameter("id"));
    if (!keys.revoke(call.caller().organization(), id)) {
      throw RefusedException.notFound(
          "key_not_found", "There is no key with this id. GET /api/keys lists them.");
    }
    return Answer.empty(204);
  }

  private static ObjectNode json(KeyRecord key) {
    return Json.object()
        .put("id", key.id().value())
        .put("name", key.name())
        .put("role", key.role().name().toLowerCase(Locale.ROOT))
        .put("preview", key.preview())
        .put("created_at", time(key.createdAtMillis()))
        .put("revoked_at", revokedAt(key).orElse(null))
        .put("person", key.person().orElse(null));
  }

  private static String csv(List<KeyRecord> keys) {
    Csv csv =
        new Csv(List.of("id", "name", "role", "preview", "created_at", "revoked_at", "person"));
    for (KeyRecord key : keys) {
      csv.row(
          List.of(
              key.id().value(),
              key.name(),
              key.role().name().toLowerCase(Locale.ROOT),
              key.preview(),
              time(key.createdAtMillis()),
              revokedAt(key).orElse(""),
              key.person().orElse("")));
    }
    return csv.toString();
  }

  private static Optional<String> revokedAt(KeyRecord key) {
    return key.isRevoked()
        ? Optional.of(time(key.revokedAtMillis().getAsLong()))
        : Optional.empty();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
