package dev.probity.telemetry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import dev.probity.testing.AgentReports;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportCodecTest {
  private static final int LARGE = 1 << 20;

  private final Random random = new Random(20261120);
  private final AgentReports reports = new AgentReports(random);

  @Test
  void report_comesBackAsItWas() {
    for (int i = 0; i < 3_000; i++) {
      Report report = reports.report();
      assertThat(ReportCodec.encode(report, LARGE))
          .singleElement()
          .satisfies(payload -> assertThat(ReportCodec.decode(payload)).isEqualTo(report));
    }
  }

  @Test
  void session_comesBackOnItsOwn_withoutItsTexts() {
    for (int i = 0; i < 3_000; i++) {
      SessionReport session = reports.session();
      SessionReport decoded = ReportCodec.decodeSession(ReportCodec.encodeSession(session));
      assertThat(decoded.texts()).isEmpty();
      assertThat(withTexts(decoded, session.texts())).isEqualTo(session);
    }
  }

  @Test
  void blocks_areThoseOfTheSessions() {
    for (int i = 0; i < 500; i++) {
      Report report = reports.report();
      List<ReportCodec.Block> blocks =
          ReportCodec.blocks(ReportCodec.encode(report, LARGE).getFirst());
      assertThat(blocks).hasSameSizeAs(report.sessions());
      for (int s = 0; s < blocks.size(); s++) {
        SessionReport session = report.sessions().get(s);
        ReportCodec.Block block = blocks.get(s);
        assertThat(block.bytes()).isEqualTo(ReportCodec.encodeSession(session));
        assertThat(block.firstMillis()).isEqualTo(times(session).min().orElse(0));
        assertThat(block.lastMillis()).isEqualTo(times(session).max().orElse(0));
      }
    }
  }

  @Test
  void largeReport_isSplitWithoutLoss() {
    int parts = 0;
    for (int i = 0; i < 500; i++) {
      Report report = reports.report();
      int maxBytes = random.nextInt(600, 2_000);
      List<byte[]> payloads = ReportCodec.encode(report, maxBytes);
      parts = Math.max(parts, payloads.size());
      List<Report> decoded = payloads.stream().map(ReportCodec::decode).toList();
      assertThat(payloads).allSatisfy(p -> assertThat(p.length).isLessThanOrEqualTo(maxBytes));
      assertThat(decoded.getFirst().notes()).isEqualTo(report.notes());
      assertThat(decoded.stream().skip(1).map(Report::notes))
          .allMatch(new Notes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)::equals);
      assertThat(decoded).extracting(Report::key).containsOnly(report.key());
      assertThat(joined(decoded)).isEqualTo(joined(List.of(report)));
    }
    assertThat(parts).isGreaterThan(3);
  }

  @Test
  void whatDoesNotFitByItself_isRefused() {
    String text = "x".repeat(5_000);
    SessionReport session =
        withTexts(reports.session(), List.of(new CapturedText(1, 2, "prompt", text)));
    Report report = reportOf(session);
    assertThat(joined(ReportCodec.encode(report, 8_000).stream().map(ReportCodec::decode).toList()))
        .contains(session.texts().getFirst());
    assertThatThrownBy(() -> ReportCodec.encode(report, 5_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5000 bytes");
    assertThatThrownBy(() -> ReportCodec.encode(reportOf(reports.session()), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPrefix_isAReportOfItsOwnOrRefused() {
    SessionReport session = reports.session();
    byte[] bytes = ReportCodec.encodeSession(session);
    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ReportCodec.decodeSession(prefix))
          .isInstanceOf(ReportFormatException.class);
    }
    byte[] payload = ReportCodec.encode(reportOf(session), LARGE).getFirst();
    for (int length = 0; length < payload.length; length++) {
      isRefused(Arrays.copyOf(payload, length));
    }
  }

  @Test
  void damagedBytes_areReadOrRefused() {
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = ReportCodec.encode(reports.report(), LARGE).getFirst();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void garbage_isReadOrRefused() {
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 200)];
      random.nextBytes(bytes);
      bytes[0] = 1;
      isRefused(bytes);
    }
  }

  @Test
  void claudeEvents_takeFewBytes() {
    byte[] block = ReportCodec.encodeSession(ClaudeSession.of(20, random));
    assertThat(block.length / 20).isLessThanOrEqualTo(60);
  }

  @Test
  void versionOne_staysReadable() {
    Report report =
        new Report(
            OrganizationId.FIRST,
            new KeyId("key_1"),
            1_795_205_751_000L,
            Signal.SPAN,
            "claude-code",
            "2.1",
            Optional.of(new Place("DE", "Bonn", 507, 71)),
            new Notes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            List.of(everyField()));
    byte[] payload = ReportCodec.encode(report, LARGE).getFirst();
    String bytes =
        "0101056b65795f31b083cfa9bf68010b636c617564652d636f646503322e310302444504426f6e6e"
            + "f6078e01020406080a0c0e10121416aa0101e0f3cea9bf6801010100322a379b3be619397292ff7f"
            + "000a2900000a70e000067c000a39600009ac000a4970000a3970000a74e0000a6ce0000a2db0000a"
            + "75d008000e58a8402afeffffffffffffffe0f3cea9bf681100065cffff07020006587f0102030405"
            + "06071000066402141600067400063000066c00062800062c05000638180146000a7c200300000000"
            + "000000040000000000000002a29c011407470022cf5b32d6cdfc091901feffffffffffffffe0f3ce"
            + "a9bf68001a65b61665d002c3a9";
    assertThat(HexFormat.of().formatHex(payload)).isEqualTo(bytes);
    assertThat(ReportCodec.decode(HexFormat.of().parseHex(bytes))).isEqualTo(report);
  }

  private static SessionReport everyField() {
    return new SessionReport(
        new SessionFacts(
            "ag", "se", "v", "em", "ac", "in", "en", "te", "re", "br", "tt", "api", "max", "sdk"),
        Provider.AZURE_OPENAI,
        List.of(
            new AgentEvent(
                -2,
                1_795_205_750_000L,
                EventKind.CORRECTION,
                "n",
                Signal.METRIC,
                "m",
                new Usage(1, 2, 3, 4, 5, 6, 7),
                new Charge(8, true, "p"),
                9,
                10,
                11,
                "t",
                "c",
                "r",
                "a",
                "b",
                Result.CANCELLED,
                "e",
                12,
                List.of(new Detail("n", "v2")))),
        List.of(
            new Reading(
                3,
                4,
                Measure.TOOL_CALLS,
                "m",
                ServiceTier.PRIORITY,
                Temporality.CUMULATIVE,
                1_795_205_740_000L,
                1_795_205_750_001L,
                -5)),
        List.of(new CapturedText(-2, 1_795_205_750_000L, "prompt", "é")));
  }

  private static Report reportOf(SessionReport session) {
    return new Report(
        OrganizationId.FIRST,
        new KeyId("k"),
        1,
        Signal.LOG,
        "a",
        "1",
        Optional.empty(),
        new Notes(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        List.of(session));
  }

  private static SessionReport withTexts(SessionReport session, List<CapturedText> texts) {
    return new SessionReport(
        session.facts(), session.provider(), session.events(), session.readings(), texts);
  }

  private static LongStream times(SessionReport session) {
    return LongStream.concat(
        session.events().stream().mapToLong(AgentEvent::atMillis),
        session.readings().stream().mapToLong(Reading::atMillis));
  }

  /** Everything that is said, and of whom, in order. */
  private static List<Object> joined(List<Report> parts) {
    List<Object> all = new ArrayList<>();
    for (Report part : parts) {
      for (SessionReport session : part.sessions()) {
        List<Object> head = List.of(session.facts(), session.provider());
        if (all.lastIndexOf(head) < 0 || !head.equals(lastHead(all))) {
          all.add(head);
        }
        all.addAll(session.events());
        all.addAll(session.readings());
        all.addAll(session.texts());
      }
    }
    return all;
  }

  private static Object lastHead(List<Object> all) {
    return all.reversed().stream().filter(List.class::isInstance).findFirst().orElseThrow();
  }

  private static boolean isRefused(byte[] payload) {
    try {
      ReportCodec.blocks(payload);
      ReportCodec.decode(payload);
      return false;
    } catch (ReportFormatException e) {
      return true;
    }
  }
}
