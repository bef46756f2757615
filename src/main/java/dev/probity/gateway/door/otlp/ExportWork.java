package dev.probity.gateway.door.otlp;

import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Outcome;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.intake.Reason;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Has exports taken in on virtual threads, only so many at the same time. */
final class ExportWork {
  private final OtlpIntake intake;
  private final Semaphore places;

  /**
   * @param most exports at the same time
   */
  ExportWork(OtlpIntake intake, int most) {
    this.intake = intake;
    this.places = new Semaphore(most);
  }

  /**
   * Begins with an export.
   *
   * @param body where the export's bytes are; its memory is given back when they are not needed any
   *     more, or at once if there are too many exports
   * @param loop on which the outcome is told
   * @return why it was not begun with; null if it was
   */
  void begin(Export export, ExportBody body, Executor loop, Consumer<Outcome> told) {
    if (!places.tryAcquire()) {
      body.drop();
      told.accept(
          intake.refuse(
              export.head(), Reason.BUSY, "exports", "Too many exports at once. Try again soon."));
      return;
    }
    Thread.startVirtualThread(() -> {
      Outcome outcome = take(export, body);
      try {
        loop.execute(() -> told.accept(outcome));
      } catch (RejectedExecutionException e) {
        // The process is going down and the connection with it: nobody is left to be told.
      }
    });
  }

  private Outcome take(Export export, ExportBody body) {
    try {
      return intake.take(export);
    } catch (InterruptedException e) {
      return new Refused(Reason.BUSY, "Interrupted. Try again soon.");
    } finally {
      body.drop();
      places.release();
    }
  }
}
