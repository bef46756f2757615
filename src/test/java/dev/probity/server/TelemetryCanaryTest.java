package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.MasterKeyFile;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.relational.ControlStore;
import dev.probity.storage.relational.Database;
import dev.probity.storage.relational.SqlDayKeys;
import dev.probity.storage.telemetry.AgentsFile;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Treatment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants content and identity wherever an agent could report it, and looks for it in everything
 * that is kept: the decrypted journal, every value of every decrypted table, the log, and all that
 * the API and the pages give back.
 */
class TelemetryCanaryTest {
  private static final String PROMPT = "the-canary-prompt-sings-at-dawn";
  private static final String EMAIL = "canary.person@example.org";
  private static final String PATH = "/home/canary-dweller/secret-plan/notes.txt";
  private static final String COMMAND = "canary-command --password hunter2";
  private static final String CARD = "4929123412341234";
  private static final List<String> CANARIES =
      List.of(
          PROMPT, EMAIL, "canary.person", "canary-dweller", "secret-plan", "canary-command", CARD);
  private static final Set<Treatment> NEVER_KEPT =
      EnumSet.of(Treatment.CONTENT, Treatment.DROP, Treatment.EMAIL, Treatment.PATH);
  private static final List<String> AGENTS =
      List.of(
          "claude-code",
          "codex_exec",
          "gemini-cli",
          "qwen-code",
          "copilot-chat",
          "opencode",
          "cursor",
          "somebody-elses-agent");

  @TempDir private Path folder;

  @Test
  void whatAgentsSendOfContentAndPeople_isFoundNowhere() throws Exception {
    Path data = folder.resolve("data");
    String seen;
    String log;
    try (ProbityProcess probity = ProbityProcess.start(data, Map.of("PROBITY_LOG", "debug"));
        HttpClient client = HttpClient.newHttpClient()) {
      int sent = plant(client, probity.baseUri());
      assertThat(sent).isGreaterThan(AGENTS.size());
      seen = askEverything(client, probity.baseUri());
      // Not asked to end: what the journal holds is still there.
      probity.kill();
      log = probity.output();
    }
    assertThat(CANARIES).allSatisfy(canary -> assertThat(seen).doesNotContain(canary));
    assertThat(CANARIES).allSatisfy(canary -> assertThat(log).doesNotContain(canary));
    List<String> decrypted = decrypted(data);
    assertThat(decrypted)
        .as("the search sees what is kept")
        .anyMatch(it -> it.contains("claude-opus-5-5"));
    assertThat(CANARIES)
        .allSatisfy(canary ->
            assertThat(
                    decrypted.stream()
                        .filter(it -> it.contains(canary))
                        .map(it -> it.substring(0, Math.min(80, it.length()))))
                .as(canary)
                .isEmpty());
  }

  private static int plant(HttpClient client, URI base) throws Exception {
    int sent = 0;
    for (String agent : AGENTS) {
      for (String event :
          List.of(
              "user_prompt",
              "api_request",
              "tool_result",
              "codex.tool_result",
              "gemini_cli.api_response",
              "anything")) {
        sent += post(client, base, "/v1/logs", logs(agent, event));
      }
      sent += post(client, base, "/v1/traces", spans(agent));
      sent += post(client, base, "/v1/metrics", metrics(agent));
    }
    return sent;
  }

  private static int post(HttpClient client, URI base, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
                .header("content-type", "application/json")
                .header("user-agent", EMAIL)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return 1;
  }

  private static String logs(String agent, String event) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[%s,%s]},"scopeLogs":[{"scope":{"name":"s"},"logRecords":[
      {"timeUnixNano":"%d","body":{"stringValue":"%s"},"attributes":[%s,%s,%s]},
      {"timeUnixNano":"%d","body":{"kvlistValue":{"values":[%s]}},"eventName":"%s","attributes":[%s,%s,%s]}]}]}]}\
    """
        .formatted(
            attribute("service.name", agent),
            planted(),
            Clock.system().millis() * 1_000_000,
            PROMPT + " " + EMAIL,
            attribute("event.name", event),
            common(),
            planted(),
            Clock.system().millis() * 1_000_000,
            attribute("k", PROMPT),
            PROMPT + " and blanks",
            attribute("event.name", event),
            common(),
            people());
  }

  private static String spans(String agent) {
    return """
    {"resourceSpans":[{"resource":{"attributes":[%s,%s]},"scopeSpans":[{"scope":{"name":"s"},"spans":[
      {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"%s",
       "startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[%s,%s],
       "status":{"message":"%s","code":2},
       "events":[{"name":"%s","attributes":[%s]}]}]}]}]}\
    """
        .formatted(
            attribute("service.name", agent),
            planted(),
            PROMPT + " " + COMMAND,
            Clock.system().millis() * 1_000_000,
            Clock.system().millis() * 1_000_000,
            common(),
            planted(),
            PROMPT,
            COMMAND,
            planted());
  }

  private static String metrics(String agent) {
    return """
    {"resourceMetrics":[{"resource":{"attributes":[%s,%s]},"scopeMetrics":[{"scope":{"name":"s"},"metrics":[
      {"name":"claude_code.token.usage","description":"%s","unit":"tokens","sum":{"aggregationTemporality":1,
       "isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d","asDouble":3,"attributes":[%s,%s],
       "exemplars":[{"filteredAttributes":[%s],"asDouble":1}]}]}}]}]}]}\
    """
        .formatted(
            attribute("service.name", agent),
            planted(),
            PROMPT,
            Clock.system().millis() * 1_000_000,
            common(),
            planted(),
            planted());
  }

  /** What makes a record count. */
  private static String common() {
    return Stream.of(
            attribute("model", "claude-opus-5-5"),
            attribute("type", "input"),
            attribute("input_tokens", "12"),
            attribute("output_tokens", "3"),
            attribute("conversation.id", "session-1"),
            attribute("gen_ai.conversation.id", "session-1"))
        .collect(Collectors.joining(","));
  }

  /** Content in every attribute that may carry it, and in many that nobody knows. */
  private static String planted() {
    List<String> all = new ArrayList<>();
    List<String> canaries = List.of(PROMPT, EMAIL, PATH, COMMAND, CARD);
    int next = 0;
    for (Attribute attribute : Attribute.values()) {
      if (NEVER_KEPT.contains(attribute.treatment())) {
        String value =
            attribute.treatment() == Treatment.EMAIL
                ? EMAIL
                : attribute.treatment() == Treatment.PATH
                    ? PATH
                    : canaries.get(next++ % canaries.size());
        all.add(attribute(attribute.wireName(), value));
      }
    }
    canaries.forEach(canary -> all.add(attribute("unknown.attribute", canary)));
    all.add(attribute("anything " + PROMPT, "1"));
    all.add(
        "{\"key\":\"process.command_args\",\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":\""
            + COMMAND
            + "\"}]}}}");
    return String.join(",", all);
  }

  /** What an agent may keep, given values that say who somebody is or what they wrote. */
  private static String people() {
    return Arrays.stream(Attribute.values())
        .filter(it -> it.treatment() == Treatment.READ || it.treatment() == Treatment.KEEP)
        .filter(it -> it != Attribute.SERVICE_NAME && it != Attribute.EVENT_NAME)
        .map(it -> attribute(it.wireName(), it.ordinal() % 2 == 0 ? EMAIL : PROMPT + " " + CARD))
        .collect(Collectors.joining(","));
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
  }

  /** All that a reader with every right gets to see. */
  private static String askEverything(HttpClient client, URI base) throws Exception {
    StringBuilder all = new StringBuilder();
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/api/sessions?limit=100&format=csv",
                "/api/usage?source=telemetry&group_by=agent",
                "/api/usage?source=telemetry&group_by=model",
                "/api/usage?source=telemetry&group_by=person",
                "/api/usage?source=telemetry&group_by=team",
                "/api/usage?source=telemetry&group_by=repository",
                "/api/usage?source=telemetry&group_by=branch",
                "/api/telemetry/health",
                "/api/people",
                "/api/office",
                "/metrics",
                "/",
                "/sessions",
                "/telemetry",
                "/office?view=table",
                "/globe"));
    HttpResponse<String> sessions = get(client, base, "/api/sessions?limit=100");
    all.append(sessions.body());
    JsonNode items = new JsonMapper().readTree(sessions.body()).path("items");
    assertThat(items.size()).isGreaterThanOrEqualTo(AGENTS.size());
    for (JsonNode item : items) {
      String id = java.net.URLEncoder.encode(item.path("id").asString(), StandardCharsets.UTF_8);
      String agent = item.path("agent").asString();
      paths.add("/api/sessions/" + id + "?agent=" + agent);
      paths.add("/sessions/" + id + "?agent=" + agent);
    }
    for (String path : paths) {
      HttpResponse<String> answer = get(client, base, path);
      assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
      all.append(answer.body());
    }
    return all.toString();
  }

  private static HttpResponse<String> get(HttpClient client, URI base, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
            .build(),
        BodyHandlers.ofString());
  }

  /** Every value of every table, and every entry of the journal, as text. */
  private static List<String> decrypted(Path data) throws Exception {
    List<String> values = new ArrayList<>();
    SecureRandom random = new SecureRandom();
    MasterKey master = MasterKeyFile.open(data, Optional.empty(), Optional.empty(), random);
    EncryptedSqlite sqlite = new EncryptedSqlite();
    try (Journal journal =
            Journal.open(
                data.resolve("journal"), JournalSettings.DEFAULT, master, Clock.system(), random);
        JournalDrain drain =
            journal.drainTo(entries ->
                entries.forEach(entry ->
                    values.add(new String(entry.payload(), StandardCharsets.ISO_8859_1))))) {
      assertThat(drain.awaitDrained(60_000)).isTrue();
    }
    try (Database control = ControlStore.open(data, master, sqlite, Clock.system());
        EventDays days =
            new EventDays(
                data.resolve("events"),
                new SqlDayKeys(control),
                master,
                sqlite,
                Clock.system(),
                random)) {
      values.addAll(control.read(TelemetryCanaryTest::everything));
      for (Map.Entry<Path, byte[]> file : days.files().entrySet()) {
        try (Connection connection =
            sqlite.open(file.getKey(), file.getValue(), SqliteSettings.EVENTS)) {
          values.addAll(everything(new Sql(connection)));
        }
      }
    }
    try (Database agents = AgentsFile.open(data, master, sqlite, Clock.system())) {
      values.addAll(agents.read(TelemetryCanaryTest::everything));
    }
    return values;
  }

  private static List<String> everything(Sql sql) {
    List<String> values = new ArrayList<>();
    List<String> tables =
        sql.list("SELECT name FROM sqlite_master WHERE type = 'table'", row -> row.getString(1));
    for (String table : tables) {
      sql.list(
          "SELECT * FROM " + table,
          row -> {
            int columns = row.getMetaData().getColumnCount();
            for (int i = 1; i <= columns; i++) {
              byte[] bytes = row.getBytes(i);
              if (bytes != null) {
                values.add(new String(bytes, StandardCharsets.ISO_8859_1));
              }
            }
            return "";
          });
    }
    return values;
  }
}
