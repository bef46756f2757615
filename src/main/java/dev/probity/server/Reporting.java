package dev.probity.server;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.gateway.door.Site;
import dev.probity.gateway.door.otlp.OtlpSite;
import dev.probity.http.TrustedProxies;
import dev.probity.identity.KeyRing;
import dev.probity.kernel.Clock;
import dev.probity.server.settings.Settings;
import dev.probity.telemetry.dialect.Dialect;
import dev.probity.telemetry.intake.Capture;
import dev.probity.telemetry.intake.ContentAlerts;
import dev.probity.telemetry.intake.IntakeCounters;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Places;
import dev.probity.telemetry.intake.Readers;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.wire.Encoding;
import dev.probity.telemetry.otlp.wire.JsonReader;
import dev.probity.telemetry.otlp.wire.ProtobufReader;
import dev.probity.telemetry.sessions.KeyPeople;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Where agents report, and what takes their reports in. */
final class Reporting {
  private final OtlpIntake intake;
  private final OtlpSite site;
  private final boolean captures;

  /**
   * @param people whose keys are whose
   * @param capture empty: the text of prompts and answers is not even read
   */
  Reporting(
      Settings settings,
      Stores stores,
      KeyRing keys,
      Gateway gateway,
      Function<Resource, Optional<Dialect>> dialects,
      Places places,
      KeyPeople people,
      Optional<Capture> capture,
      Clock clock,
      MeterRegistry registry) {
    captures = capture.isPresent();
    long seed = ByteBuffer.wrap(stores.master().derive("telemetry fingerprints", 8)).getLong();
    Readers readers =
        new Readers(
            Readers.forCores(Runtime.getRuntime().availableProcessors()),
            encoding -> reader(encoding, captures, seed));
    intake =
        new OtlpIntake(
            new OtlpIntake.Parts(
                keys,
                readers,
                dialects,
                () -> gateway.snapshot().prices(),
                stores.journal(),
                places,
                people,
                gateway.safeText(),
                capture,
                clock,
                registry),
            settings.telemetry().intake());
    site =
        new OtlpSite(
            intake,
            settings.telemetry().intake(),
            new TrustedProxies(settings.telemetry().proxies()));
  }

  private static OtlpReader reader(Encoding encoding, boolean capture, long seed) {
    return switch (encoding) {
      case PROTOBUF -> new ProtobufReader(capture, seed);
      case JSON -> new JsonReader(capture, seed);
    };
  }

  /** Whether the text of prompts and answers is kept. */
  boolean captures() {
    return captures;
  }

  /** Who has begun to send content, for the health page. */
  ContentAlerts alerts() {
    return intake.alerts();
  }

  /** What was refused since the start, for the health page. */
  IntakeCounters refusals() {
    return intake.counters();
  }

  /** The paths of the main port that reports come to. */
  Map<String, Site> sites() {
    Map<String, Site> sites = new HashMap<>();
    OtlpSite.paths().forEach(path -> sites.put(path, site));
    return sites;
  }

  /** The ports that agents report to; empty where that is switched off. */
  record Ports(OptionalInt grpc, OptionalInt http) {}

  /**
   * Starts to listen.
   *
   * @throws IOException if a port is taken; the message says which setting to change
   */
  Ports listen(Door door, Settings settings) throws IOException {
    return new Ports(
        listen(door, settings, settings.otlpGrpcPort(), "server.otlp_grpc_port"),
        listen(door, settings, settings.otlpHttpPort(), "server.otlp_http_port"));
  }

  private OptionalInt listen(Door door, Settings settings, OptionalInt port, String setting)
      throws IOException {
    if (port.isEmpty()) {
      return port;
    }
    DoorSettings where =
        new DoorSettings(settings.door().host(), port.getAsInt(), settings.door().tls());
    return OptionalInt.of(door.openBeside(where, setting + ", or switch it off with off", site));
  }
}
