package dev.probity.server;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** Start here: what the command line asked for, done. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Environment environment = Environment.ofProcess();
    Logging.configure(environment.logLevel()).ifPresent(System.err::println);
    int status =
        switch (CommandLine.parse(List.of(arguments))) {
          case CommandLine.Run run -> new RunCommand(environment, new SecureRandom(), out).run(run);
          case CommandLine.Train train -> TrainCommand.run(new SecureRandom());
          case CommandLine.DataMap map -> {
            out.print(StoredRecords.dataMap().print());
            yield 0;
          }
          case CommandLine.Version version -> {
            out.println("probity " + Version.text());
            yield 0;
          }
          case CommandLine.Mistake mistake -> {
            System.err.println("probity: " + mistake.message());
            yield 2;
          }
        };
    // Not left to the last thread: what is still running then has been told to end and did not.
    System.exit(status);
  }
}
