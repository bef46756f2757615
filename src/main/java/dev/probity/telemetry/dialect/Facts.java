package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.Resource;

/**
 * Makes {@link SessionFacts}. Remembers the last ones and the last hashes, because nearly every
 * record repeats those of the one before. What is remembered is immutable, so that threads may
 * share this: at worst one forgets for the other.
 */
final class Facts {
  private final PersonalValues values;
  private SessionFacts last =
      new SessionFacts("", "", "", "", "", "", "", "", "", "", "", "", "", "");
  private Hashed lastEmail = new Hashed("", "");
  private Hashed lastEndUser = new Hashed("", "");

  private record Hashed(String value, String hash) {}

  Facts(PersonalValues values) {
    this.values = values;
  }

  Draft of(String agent, Resource resource, Attributes record) {
    return new Draft(this, agent, resource, record);
  }

  SessionFacts same(SessionFacts facts) {
    SessionFacts before = last;
    if (before.equals(facts)) {
      return before;
    }
    last = facts;
    return facts;
  }

  String email(String address) {
    Hashed before = lastEmail;
    if (before.value.equals(address)) {
      return before.hash;
    }
    String hash = values.email(address);
    lastEmail = new Hashed(address, hash);
    return hash;
  }

  /** What an organization calls a person may be their name: hashed, as an address if it is one. */
  String endUser(String id) {
    Hashed before = lastEndUser;
    if (before.value.equals(id)) {
      return before.hash;
    }
    String hash =
        isAddress(id) ? values.email(id) : id.isBlank() ? "" : values.hash("end user", id);
    lastEndUser = new Hashed(id, hash);
    return hash;
  }

  /**
   * An id says nothing by itself, unless somebody took an address or a path for one: these are
   * hashed.
   */
  String id(String id) {
    if (isAddress(id)) {
      return email(id);
    }
    return id.isEmpty() || !Words.isPath(id) ? Words.bounded(id) : values.hash("id", id);
  }

  private static boolean isAddress(String id) {
    return id.indexOf('@') > 0;
  }

  /**
   * Facts of a session in the making: what all agents give in the same way is filled in already.
   */
  static final class Draft {
    private final Facts facts;
    private final String agent;
    private final Attributes resource;
    private final Attributes record;
    private String session = "";
    private String clientVersion = "";
    private String account = "";
    private String install = "";
    private String endUser = "";
    private String team = "";
    private String terminal = "";
    private String plan = "";
    private String planName = "";
    private String entrypoint = "";

    Draft(Facts facts, String agent, Resource resource, Attributes record) {
      this.facts = facts;
      this.agent = agent;
      this.resource = resource.attributes();
      this.record = record;
      team = first(TEAM_ID, TEAM);
      terminal = text(TERMINAL_TYPE);
      endUser = text(ENDUSER_ID);
      account = first(USER_ACCOUNT_UUID, USER_ACCOUNT_ID);
    }

    /**
     * An attribute of the record, or else of its resource: agents differ in where they put them.
     */
    String text(Attribute attribute) {
      String said = record.text(attribute);
      return said.isEmpty() ? resource.text(attribute) : said;
    }

    String first(Attribute one, Attribute other) {
      return Words.first(text(one), text(other));
    }

    Draft session(String id) {
      session = id;
      return this;
    }

    Draft clientVersion(String version) {
      clientVersion = version;
      return this;
    }

    Draft account(String id) {
      account = id;
      return this;
    }

    Draft install(String id) {
      install = id;
      return this;
    }

    Draft endUser(String id) {
      endUser = id;
      return this;
    }

    Draft team(String name) {
      team = name;
      return this;
    }

    Draft terminal(String type) {
      terminal = type;
      return this;
    }

    /**
     * @param how {@link SessionFacts#PLAN_API}, {@link SessionFacts#PLAN_SUBSCRIPTION} or empty
     */
    Draft plan(String how, String name) {
      plan = how;
      planName = name;
      return this;
    }

    Draft entrypoint(String how) {
      entrypoint = how;
      return this;
    }

    /** Whether the person signed in at the vendor, rather than with a key. */
    boolean isSignedIn() {
      return !account.isEmpty() || !text(USER_EMAIL).isEmpty();
    }

    /** The facts; the same object as before where they are equal. */
    SessionFacts facts() {
      String email = text(USER_EMAIL);
      if (email.isEmpty() && endUser.indexOf('@') > 0) {
        email = endUser;
      }
      return facts.same(
          new SessionFacts(
              agent,
              facts.id(session),
              Words.plain(clientVersion),
              facts.email(email),
              facts.id(account),
              facts.id(install),
              facts.endUser(endUser),
              Words.plain(team),
              repository(),
              Words.plain(branch()),
              Words.plain(terminal),
              plan,
              Words.plain(planName),
              Words.plain(entrypoint)));
    }

    private String repository() {
      String name = text(VCS_REPOSITORY_NAME);
      if (!name.isEmpty()) {
        return Repository.named(text(VCS_OWNER_NAME), name);
      }
      String url = first(VCS_REPOSITORY_URL_FULL, GITHUB_COPILOT_GIT_REPOSITORY);
      return Repository.at(Words.first(url, text(COPILOT_CHAT_REPO_REMOTE_URL)));
    }

    private String branch() {
      String said = first(VCS_REF_HEAD_NAME, GITHUB_COPILOT_GIT_BRANCH);
      return Words.first(said, text(COPILOT_CHAT_REPO_HEAD_BRANCH_NAME));
    }
  }
}
