package dev.probity.storage.telemetry;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import java.util.List;

/** What the tables of this package hold, table by table. */
@SuppressWarnings("ArrayRecordComponent") // Declarations: no such record is ever made.
public final class StoredFields {
  /** All of them. */
  public static final List<Class<?>> ALL =
      List.of(
          Session.class,
          Dimension.class,
          Sum.class,
          Place.class,
          PlaceSum.class,
          Person.class,
          Tie.class,
          Health.class,
          GatewaySession.class,
          Block.class,
          Text.class);

  private StoredFields() {}

  /** A session of an agent, with what is needed to go on counting it. */
  @StoredIn("agents.sessions")
  public record Session(
      @DataField(
              value = {"id", "ref", "session"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String ids,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.REQUEST_LOG)
          long organization,
      @DataField(
              value = {"agent", "client_version", "terminal", "entrypoint"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String client,
      @DataField(
              value = "email",
              category = DataCategory.IDENTITY,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG,
              protection = Protection.KEYED_HASH)
          String email,
      @DataField(
              value = {"account", "install", "end_user", "person"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String person,
      @DataField(
              value = {"team", "repository", "branch"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String work,
      @DataField(
              value = {"plan", "plan_name"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String plan,
      @DataField(
              value = "key_id",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          String key,
      @DataField(
              value = {"started_at", "ended_at", "models", "source"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String use,
      @DataField(
              value = {"country", "city", "latitude", "longitude"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          String place,
      @DataField(
              value = {"figures", "ledger"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          byte[] figures) {}

  /** By what sums are kept. */
  @StoredIn("agents.dimensions")
  public record Dimension(
      @DataField(
              value = {"id", "hash"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.NOBODY,
              retention = Retention.USAGE_METRIC)
          long id,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = {"agent", "model", "plan"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          String use,
      @DataField(
              value = "person",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long person,
      @DataField(
              value = {"team", "repository", "branch"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          String work,
      @DataField(
              value = "last_seen",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long lastSeenMillis) {}

  /** Tokens, money and counts of an hour or a day. */
  @StoredIn({"agents.sums_hours", "agents.sums_days"})
  public record Sum(
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = {"period", "dimensions"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long of,
      @DataField(
              value = "figures",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          byte[] figures) {}

  /** Where agents are at work, as coarse as it is useful. */
  @StoredIn({"agents.places", "journal.report_places"})
  public record Place(
      @DataField(
              value = "id",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.NOBODY,
              retention = Retention.USAGE_METRIC)
          long id,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = {"country", "city", "latitude", "longitude", "agent", "last_seen"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.NOBODY,
              retention = Retention.USAGE_METRIC)
          String place) {}

  /** Tokens, money and counts of an hour or a day at a place. */
  @StoredIn({"agents.place_hours", "agents.place_days"})
  public record PlaceSum(
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = {"period", "dimensions", "figures"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.NOBODY,
              retention = Retention.USAGE_METRIC)
          byte[] figures) {}

  /** Somebody who works with agents; kept as long as a session or a sum is theirs. */
  @StoredIn("agents.people")
  public record Person(
      @DataField(
              value = {"id", "merged_into"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long id,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = "first_seen",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long firstSeenMillis) {}

  /** What says who somebody is. */
  @StoredIn("agents.ties")
  public record Tie(
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.USAGE_METRIC)
          long organization,
      @DataField(
              value = {"basis", "value", "person"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          String tie,
      @DataField(
              value = "first_seen",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.USAGE_METRIC)
          long firstSeenMillis) {}

  /** How well a client reports. */
  @StoredIn({"agents.health", "journal.report_notes"})
  public record Health(
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.REQUEST_LOG)
          long organization,
      @DataField(
              value = "key_id",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          String key,
      @DataField(
              value = {
                "hour",
                "agent",
                "client_version",
                "signal",
                "first_seen",
                "last_seen",
                "reports",
                "records",
                "kept",
                "ignored",
                "rejected",
                "dropped_attributes",
                "dropped_content",
                "skewed",
                "without_session",
                "without_person",
                "without_model",
                "unpriced",
                "duplicates"
              },
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          long[] counts) {}

  /** What the gateway measured of a session. */
  @StoredIn("agents.gateway_sessions")
  public record GatewaySession(
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.REQUEST_LOG)
          long organization,
      @DataField(
              value = "session",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          String session,
      @DataField(
              value = {
                "calls",
                "errors",
                "uncached_input",
                "cache_read",
                "cache_write_5m",
                "cache_write_1h",
                "output_text",
                "output_reasoning",
                "tool_prompt",
                "last_seen"
              },
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          long[] counts,
      @DataField(
              value = "charge_nano_usd",
              category = DataCategory.FINANCIAL,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          long chargeNanoUsd) {}

  /**
   * What one report said of one session on one day: times, models, tokens, names of tools; no text.
   */
  @StoredIn({"events.agent_blocks", "journal.report_blocks"})
  public record Block(
      @DataField(
              value = {"id", "session", "fingerprints"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          long ids,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.REQUEST_LOG)
          long organization,
      @DataField(
              value = "key_id",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.KEY_HOLDER,
              retention = Retention.REQUEST_LOG)
          String key,
      @DataField(
              value = {"first_at", "last_at", "block"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.REQUEST_LOG)
          byte[] block) {}

  /** Text of a prompt or an answer, where it is captured. */
  @StoredIn({"events.captured_texts", "journal.report_texts"})
  public record Text(
      @DataField(
              value = {"id", "session", "block", "event"},
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.PROMPT_CONTENT)
          long ids,
      @DataField(
              value = "organization",
              category = DataCategory.IDENTIFIER,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.ORGANIZATION,
              retention = Retention.PROMPT_CONTENT)
          long organization,
      @DataField(
              value = {"at", "what"},
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.PROMPT_CONTENT)
          String what,
      @DataField(
              value = "text",
              category = DataCategory.CONTENT,
              purpose = Purpose.ACCOUNT_FOR_USE,
              subject = DataSubject.PERSON,
              retention = Retention.PROMPT_CONTENT)
          String text) {}
}
