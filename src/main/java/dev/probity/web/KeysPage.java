package dev.probity.web;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.identity.KeyRecord;
import dev.probity.identity.Keys;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Role;
import java.util.List;
import java.util.Optional;

/** Keys: list, create, revoke. Every step is a plain form. */
public final class KeysPage {
  private static final int PAGE = 100;

  private final Pages pages;
  private final Keys keys;

  KeysPage(Pages pages, Keys keys) {
    this.pages = pages;
    this.keys = keys;
  }

  /**
   * The page's content.
   *
   * @param created the key that was just made, whole, for the only time
   * @param wrong what was wrong with the form
   * @param name what was filled in
   * @param person likewise
   */
  public record View(
      List<KeyRecord> keys,
      Optional<String> next,
      Optional<String> created,
      String wrong,
      String name,
      String person,
      String base) {}

  Answer show(Call call) {
    Parameters query = call.query("cursor");
    return page(call, 200, query.text("cursor"), Optional.empty(), "", "", "");
  }

  Answer create(Call call) {
    Parameters form = call.form("name", "role", "person");
    String name = form.text("name").orElse("");
    Optional<String> person = form.text("person");
    Role role =
        form.oneOf("role", List.of("member", "owner")).filter("owner"::equals).isPresent()
            ? Role.OWNER
            : Role.MEMBER;
    return switch (keys.create(call.caller().organization(), name, role, person)) {
      case Keys.Created created ->
          page(call, 201, Optional.empty(), Optional.of(created.key().reveal()), "", "", "");
      case Keys.Refused refused ->
          page(
              call,
              refused.refusal().status(),
              Optional.empty(),
              Optional.empty(),
              refused.refusal().message(),
              name,
              person.orElse(""));
    };
  }

  /** Asks whether the key shall really be revoked. */
  Answer askToRevoke(Call call) {
    call.query();
    return pages.page("RevokePage", "Revoke a key", "keys", key(call));
  }

  Answer revoke(Call call) {
    keys.revoke(call.caller().organization(), key(call).id());
    return Answer.seeOther("/keys");
  }

  private KeyRecord key(Call call) {
    return keys.find(call.caller().organization(), new KeyId(call.pathParameter("id")))
        .orElseThrow(
            () -> RefusedException.notFound("key_not_found", "There is no key with this id."));
  }

  private Answer page(
      Call call,
      int status,
      Optional<String> cursor,
      Optional<String> created,
      String wrong,
      String name,
      String person) {
    Page<KeyRecord> page = keys.list(call.caller().organization(), PAGE, cursor);
    Optional<String> next =
        page.next().map(value -> "/keys" + new QueryString().and("cursor", value));
    View view =
        new View(page.items(), next, created, wrong, name, person, call.origin().toString());
    return pages.page(status, "KeysPage", "Keys", "keys", view);
  }
}
