package dev.probity.server;

import dev.probity.kernel.Clock;
import dev.probity.server.importing.ImportCommand;
import dev.probity.server.remote.ControlClient;
import dev.probity.server.remote.ExplainCommand;
import dev.probity.server.remote.RepriceCommand;
import dev.probity.server.settings.SettingsException;
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
          case CommandLine.Import asked ->
              new ImportCommand(environment.variables(), out, System.err)
                  .run(asked.source(), asked.file(), asked.output());
          case CommandLine.CheckPrices check -> checkPrices(check, environment, out);
          case CommandLine.Explain asked -> {
            try (ControlClient probity = client(asked.remote(), environment)) {
              yield new ExplainCommand(probity, out, System.err).run(asked.exchange());
            }
          }
          case CommandLine.Reprice asked -> {
            try (ControlClient probity = client(asked.remote(), environment)) {
              yield new RepriceCommand(probity, out, System.err)
                  .run(asked.from(), asked.to(), asked.apply());
            }
          }
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

  private static ControlClient client(CommandLine.Remote remote, Environment environment) {
    return new ControlClient(remote.url(), remote.key().or(environment::anyAdminKey));
  }

  private static int checkPrices(
      CommandLine.CheckPrices check, Environment environment, PrintStream out) {
    try {
      return new PricesCommand(out, System.err)
          .check(
              check.file(),
              PricesCommand.settings(check.config(), environment),
              Clock.system().millis());
    } catch (SettingsException e) {
      System.err.println("probity: " + e.getMessage());
      return 1;
    }
  }
}
