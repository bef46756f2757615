package dev.probity.server.settings;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.ClientGone;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Schema.Values;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Located;
import dev.probity.server.settings.Type.Many;
import dev.probity.server.settings.Type.Section;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Every key of {@code probity.yaml}; {@code docs/reference/settings.md} is written from this. */
final class SettingsSchema {
  private static final Key<Path> CERTIFICATE =
      Key.required("certificate", path(), "PEM file with the certificate chain, leaf first.");
  private static final Key<Path> KEY =
      Key.required("key", path(), "PEM file with the unencrypted PKCS #8 private key.");
  private static final Schema<DoorSettings.Tls> TLS =
      new Schema<>(
          List.of(CERTIFICATE, KEY),
          values -> new DoorSettings.Tls(values.get(CERTIFICATE), values.get(KEY)));

  private static final Key<String> HOST =
      Key.of("host", Types.text("an address to bind"), "0.0.0.0", "The address to listen on.");
  private static final Key<Integer> PORT =
      Key.of("port", Types.port(), "8080", "The port of the gateway, the pages and the API.");
  private static final Key<OptionalInt> OTLP_GRPC_PORT =
      Key.of(
          "otlp_grpc_port",
          Types.portOrOff(),
          "4317",
          "Where agents report over gRPC (and HTTP, which is understood there, too).");
  private static final Key<OptionalInt> OTLP_HTTP_PORT =
      Key.of(
          "otlp_http_port",
          Types.portOrOff(),
          "4318",
          "Where agents report over HTTP (and gRPC). The main port takes reports over HTTP as"
              + " well.");
  private static final Key<DoorSettings.Tls> TLS_FILES =
      Key.optional("tls", new Section<>(TLS), "Serve TLS 1.3 with these files.");

  /** What {@code server:} says. */
  record Server(DoorSettings door, OptionalInt otlpGrpcPort, OptionalInt otlpHttpPort) {}

  private static final Schema<Server> SERVER =
      new Schema<>(
          List.of(HOST, PORT, OTLP_GRPC_PORT, OTLP_HTTP_PORT, TLS_FILES),
          values ->
              new Server(
                  new DoorSettings(values.get(HOST), values.get(PORT), values.optional(TLS_FILES)),
                  values.get(OTLP_GRPC_PORT),
                  values.get(OTLP_HTTP_PORT)));

  private static final Key<Long> JOURNAL_MAX_BYTES =
      Key.of(
          "max_bytes",
          Types.size("1MiB", "1024GiB"),
          "1GiB",
          "The most that may wait for the stores; above it new requests wait.");
  private static final Key<Long> JOURNAL_SEGMENT_BYTES =
      Key.of("segment_bytes", Types.size("64KiB", "1GiB"), "8MiB", "How large one file gets.");
  private static final Schema<Settings.Journal> JOURNAL =
      new Schema<>(
          List.of(JOURNAL_MAX_BYTES, JOURNAL_SEGMENT_BYTES),
          values ->
              new Settings.Journal(
                  values.get(JOURNAL_MAX_BYTES), values.get(JOURNAL_SEGMENT_BYTES)));

  private static final Key<Settings.Retention.Plan> RETENTION_PLAN =
      Key.of(
          "plan",
          Types.choice(
              Arrays.asList(Settings.Retention.Plan.values()), Settings.Retention.Plan::word),
          "standard",
          "A limit for all of them: nothing is kept for longer than 90 days (90d), or than 24 hours"
              + " after it happened (24h).");
  private static final Key<Integer> REQUEST_LOG_DAYS =
      Key.of(
          "request_log_days",
          days(),
          "90",
          "How long exchanges are kept, and agents' sessions with their events.");
  private static final Key<Integer> USAGE_METRIC_DAYS =
      Key.of("usage_metric_days", days(), "365", "How long sums of use are kept.");
  private static final Key<Integer> PROMPT_CONTENT_DAYS =
      Key.of(
          "prompt_content_days",
          days(),
          "30",
          "How long text of prompts and answers is kept, where it is captured at all.");
  private static final Schema<Settings.Retention> RETENTION =
      new Schema<>(
          List.of(RETENTION_PLAN, REQUEST_LOG_DAYS, USAGE_METRIC_DAYS, PROMPT_CONTENT_DAYS),
          values ->
              new Settings.Retention(
                  values.get(RETENTION_PLAN),
                  values.get(REQUEST_LOG_DAYS),
                  values.get(USAGE_METRIC_DAYS),
                  values.get(PROMPT_CONTENT_DAYS)));

  private static final Key<Server> SERVER_KEY =
      Key.optional("server", new Section<>(SERVER), "Where Probity listens. Read at the start.");
  private static final Key<List<DeploymentKeys.Entry>> DEPLOYMENTS =
      Key.optional(
          "deployments",
          new Many<>(new Section<>(DeploymentKeys.SCHEMA)),
          "The upstreams that can be reached. Without it: openai, anthropic and gemini, with the"
              + " keys in OPENAI_API_KEY, ANTHROPIC_API_KEY, and GEMINI_API_KEY or GOOGLE_API_KEY.");
  private static final Key<List<ModelKeys.Entry>> MODELS =
      Key.optional(
          "models",
          new Many<>(new Section<>(ModelKeys.SCHEMA)),
          "What clients can ask for; an exact name beats a glob, and of globs the first wins. Without it: each"
              + " vendor's usual names, to the deployments of its kind.");
  private static final Key<Boolean> SIMULATED =
      Key.of(
          "simulated",
          Types.bool(),
          "true",
          "Whether the simulated provider, with the models simulated and simulated-*, is there.");
  private static final Key<List<At<PriceKeys.Entry>>> PRICES =
      Key.optional(
          "prices",
          new Many<>(new Located<>(new Section<>(PriceKeys.SCHEMA))),
          "Prices that win over the price book.");
  private static final Key<Boolean> UNPRICED =
      Key.of(
          "unpriced",
          Types.choice(List.of(false, true), refuse -> refuse ? "refuse" : "record"),
          "record",
          "What happens to a model that has no known price: its exchanges are recorded as"
              + " unpriced, or it is refused.");
  private static final Key<Settings.Journal> JOURNAL_KEY =
      Key.optional(
          "journal",
          new Section<>(JOURNAL),
          "The durable log between the gateway and the stores. Read at the start.");
  private static final Key<Settings.Retention> RETENTION_KEY =
      Key.optional(
          "retention",
          new Section<>(RETENTION),
          "How long what happened is kept. Read at the start.");
  private static final Key<ClientGone> CLIENT_GONE =
      Key.of(
          "client_gone",
          Types.choice(ClientGone.values()),
          "drain",
          "What happens to an answer whose client has gone: stop it and record what it said so far"
              + " (abort), read on for the provider's own count (drain), or stop it and count the"
              + " bytes that passed (estimate).");

  static final Schema<Read> ROOT =
      new Schema<>(
          List.of(
              SERVER_KEY,
              DEPLOYMENTS,
              MODELS,
              SIMULATED,
              PRICES,
              UNPRICED,
              CLIENT_GONE,
              GatewayKeys.DRAIN,
              GatewayKeys.TRANSLATION,
              GatewayKeys.RETRIES,
              GatewayKeys.TIMEOUTS,
              GatewayKeys.LIMITS,
              ResponseKeys.RESPONSES,
              JOURNAL_KEY,
              RETENTION_KEY,
              TelemetryKeys.TELEMETRY),
          Read::new);

  private SettingsSchema() {}

  static Settings defaults(Map<String, String> environment) {
    Problems none = new Problems("");
    return ROOT.defaults().complete(environment, none);
  }

  /** A file's values, each right by itself but not yet held against each other. */
  record Read(Values values) {
    Settings complete(Map<String, String> environment, Problems problems) {
      Server server = values.optional(SERVER_KEY).orElseThrow();
      GatewaySettings gateway =
          new GatewaySettings(
              values.get(CLIENT_GONE),
              values.get(GatewayKeys.DRAIN),
              values.get(UNPRICED),
              values.get(GatewayKeys.TRANSLATION),
              values.get(GatewayKeys.RETRIES),
              values.get(GatewayKeys.TIMEOUTS),
              values.get(GatewayKeys.LIMITS),
              values.get(ResponseKeys.RESPONSES));
      Settings.Journal journal = values.get(JOURNAL_KEY);
      if (journal.segmentBytes() > journal.maxBytes()) {
        problems.add(
            Place.WHOLE_FILE,
            "journal: segment_bytes is larger than max_bytes (expected: at most max_bytes)");
      }
      Settings.Telemetry telemetry = values.get(TelemetryKeys.TELEMETRY);
      PlaceKeys.check(telemetry.places(), problems);
      Upstreams upstreams =
          Upstreams.of(
              environment,
              values.optional(DEPLOYMENTS),
              values.isWrong(DEPLOYMENTS),
              values.optional(MODELS),
              values.get(SIMULATED),
              problems);
      return new Settings(
          server.door,
          server.otlpGrpcPort,
          server.otlpHttpPort,
          gateway,
          upstreams.deployments(),
          upstreams.models(),
          PriceKeys.overrides(values.optional(PRICES).orElse(List.of()), problems),
          journal,
          values.get(RETENTION_KEY),
          telemetry);
    }
  }

  private static Type.Scalar<Path> path() {
    return new Type.Scalar<>("a path, relative to this file", Path::of);
  }

  private static Type.Scalar<Integer> days() {
    return Types.integer("days", 1, 36_500);
  }

  /** The type of a key's values, for callers that only have the key. */
  static Optional<Schema<?>> section(Type<?> type) {
    return switch (type) {
      case Section<?> section -> Optional.of(section.schema());
      case Many<?> many -> section(many.element());
      case Located<?> located -> section(located.type());
      case Type.Either<?> either -> Optional.of(either.section().schema());
      case Type.Scalar<?> _, Type.Table<?> _ -> Optional.empty();
    };
  }
}
