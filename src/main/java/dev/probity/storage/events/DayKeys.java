package dev.probity.storage.events;

import java.time.LocalDate;
import java.util.List;

/** Where the keys of the days' files are kept; every change is durable when it returns. */
public interface DayKeys {
  /** All of them, in any order. */
  List<DayKey> all();

  /** Sets the day's file and key; what was there before is overwritten on the disk. */
  void put(DayKey key);

  /** Forgets the day's key; what was there is overwritten on the disk. */
  void remove(LocalDate day);
}
