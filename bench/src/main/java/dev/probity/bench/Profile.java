package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Samples of a recording, counted in the ways that help to find what costs. */
final class Profile {
  private static final int LINES = 40;
  private static final String OWN = "dev.probity.";

  private final Map<String, Double> self = new HashMap<>();
  private final Map<String, Double> packages = new HashMap<>();
  private final Map<String, Double> inclusive = new HashMap<>();
  private final Map<String, Double> others = new HashMap<>();
  private final Map<String, Double> ownNearest = new HashMap<>();
  private final Map<String, Double> ownLine = new HashMap<>();
  private final Map<String, Double> allocatedBy = new HashMap<>();
  private final Map<String, Double> allocated = new HashMap<>();
  private double samples;
  private double bytes;
  private long collections;

  private Profile() {}

  static Profile read(Path recording) throws IOException {
    var profile = new Profile();
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case "jdk.CPUTimeSample", "jdk.ExecutionSample" -> profile.sample(event);
          case "jdk.ObjectAllocationSample" -> profile.allocation(event);
          case "jdk.GarbageCollection" -> profile.collections++;
          default -> {}
        }
      }
    }
    return profile;
  }

  void print(long requests) {
    System.out.printf("%n%.0f CPU samples. By method that was running, %%:%n", samples);
    print(self, samples, LINES);
    System.out.println("\nBy package that was running, %:");
    print(packages, samples, LINES);
    System.out.println("\nBy nearest method of Probity on the stack, %:");
    print(ownNearest, samples, LINES);
    System.out.println("\nBy nearest line of Probity on the stack, %:");
    print(ownLine, samples, LINES);
    System.out.println("\nBy method of Probity anywhere on the stack (callees included), %:");
    print(inclusive, samples, 2 * LINES);
    System.out.println("\nBy other method anywhere on the stack (callees included), %:");
    print(others, samples, 2 * LINES);
    System.out.printf(
        Locale.ROOT,
        "%nAllocated: about %.0f bytes per request, %d collections. By class, %%:%n",
        bytes / Math.max(1, requests),
        collections);
    print(allocated, bytes, LINES / 2);
    System.out.println("\nBy nearest method of Probity, % of bytes:");
    print(allocatedBy, bytes, LINES / 2);
  }

  private void sample(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      samples++;
      self.merge("(no stack)", 1.0, Double::sum);
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    samples++;
    self.merge(name(frames.getFirst()), 1.0, Double::sum);
    packages.merge(packageOf(frames.getFirst()), 1.0, Double::sum);
    ownNearest.merge(nearestOwn(frames), 1.0, Double::sum);
    frames.stream()
        .filter(frame -> name(frame).startsWith(OWN))
        .findFirst()
        .ifPresent(
            frame -> ownLine.merge(name(frame) + ":" + frame.getLineNumber(), 1.0, Double::sum));
    var seen = new HashSet<String>();
    for (RecordedFrame frame : frames) {
      String name = name(frame);
      if (seen.add(name)) {
        (name.startsWith(OWN) ? inclusive : others).merge(name, 1.0, Double::sum);
      }
    }
  }

  private void allocation(RecordedEvent event) {
    double weight = event.getLong("weight");
    bytes += weight;
    RecordedClass type = event.getClass("objectClass");
    allocated.merge(type == null ? "?" : type.getName(), weight, Double::sum);
    if (event.getStackTrace() != null) {
      allocatedBy.merge(nearestOwn(event.getStackTrace().getFrames()), weight, Double::sum);
    }
  }

  private static String nearestOwn(List<RecordedFrame> frames) {
    return frames.stream()
        .map(Profile::name)
        .filter(name -> name.startsWith(OWN))
        .findFirst()
        .orElse("(none: " + (frames.isEmpty() ? "" : name(frames.getLast())) + ")");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String packageOf(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  private static void print(Map<String, Double> counts, double total, int lines) {
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(lines)
        .filter(entry -> entry.getValue() / total >= 0.003)
        .forEach(entry ->
            System.out.printf(
                Locale.ROOT, "  %5.1f  %s%n", 100 * entry.getValue() / total, entry.getKey()));
  }
}
