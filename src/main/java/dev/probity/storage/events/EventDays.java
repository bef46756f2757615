package dev.probity.storage.events;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.Sealer;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The files of the event store, one for each UTC day, each under a key of its own. Which file is a
 * day's, and its key, stands in the control store: dropping that row makes the file unreadable at
 * once, wherever there are copies of it.
 */
public final class EventDays implements AutoCloseable {
  private static final int OPEN_FILES = 4;

  private final Path folder;
  private final DayKeys keys;
  private final Sealer sealer;
  private final SqliteConnections connections;
  private final Clock clock;
  private final RandomGenerator random;

  // Guarded by this.
  private final TreeMap<LocalDate, DayKey> known = new TreeMap<>();
  private final Map<LocalDate, DayFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param folder made on first use
   * @param random makes the files' keys; must be fit for cryptography
   */
  public EventDays(
      Path folder,
      DayKeys keys,
      MasterKey master,
      SqliteConnections connections,
      Clock clock,
      RandomGenerator random) {
    this.folder = folder;
    this.keys = keys;
    this.connections = connections;
    this.clock = clock;
    this.random = random;
    sealer = new Sealer(master.derive("event days", Sealer.KEY_BYTES), random);
    for (DayKey key : keys.all()) {
      known.put(key.day(), key);
    }
    try {
      Files.createDirectories(folder);
      removeLeftOvers();
    } catch (IOException e) {
      throw new StorageException("The event store's folder cannot be made: " + e.getMessage(), e);
    }
  }

  /** The days that have a file. */
  public synchronized NavigableSet<LocalDate> days() {
    return new TreeSet<>(known.keySet());
  }

  /** The days whose rows have not expired. */
  public synchronized NavigableSet<LocalDate> daysWithRows() {
    NavigableSet<LocalDate> days = new TreeSet<>();
    known.forEach((day, key) -> {
      if (keepsRows(key)) {
        days.add(day);
      }
    });
    return days;
  }

  /** Works with a day's file, making it if there is none. */
  public <T> T withFile(LocalDate day, Function<DayFile, T> work) {
    DayFile file = acquire(day, true).orElseThrow();
    return use(file, work);
  }

  /** Works with a day's file, if there is one. */
  public <T> Optional<T> withFileIfAny(LocalDate day, Function<DayFile, T> work) {
    return acquire(day, false).map(file -> use(file, work));
  }

  /**
   * Keeps a day's roll-ups and destroys its rows: the roll-ups move to a new file under a new key,
   * then the old key and file go. A crash leaves the day as it was or done, and at most a file that
   * nobody can read.
   *
   * @return false if that was done before, or the day has no file
   */
  synchronized boolean dropRows(LocalDate day) {
    DayKey old = known.get(day);
    if (old == null || !keepsRows(old)) {
      return false;
    }
    closeUnused(day);
    deleteFiles(hoursFileName(day));
    DayKey kept = newKey(day, hoursFileName(day));
    try (DayFile from = openFile(old);
        DayFile to = openFile(kept)) {
      copyRollUps(from, to);
    }
    keys.put(kept);
    known.put(day, kept);
    deleteFiles(old.file());
    return true;
  }

  /**
   * Destroys a day: its key, then its file.
   *
   * @return false if there was none
   */
  synchronized boolean drop(LocalDate day) {
    DayKey key = known.get(day);
    if (key == null) {
      return false;
    }
    closeUnused(day);
    keys.remove(day);
    known.remove(day);
    deleteFiles(key.file());
    return true;
  }

  /** The files and their keys, for checks at start. */
  public synchronized Map<Path, byte[]> files() {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    for (DayKey key : known.values()) {
      files.put(folder.resolve(key.file()), unseal(key));
    }
    return files;
  }

  @Override
  public synchronized void close() {
    for (DayFile file : open.values()) {
      file.close();
    }
    open.clear();
  }

  private <T> T use(DayFile file, Function<DayFile, T> work) {
    try {
      return work.apply(file);
    } finally {
      release(file);
    }
  }

  private synchronized Optional<DayFile> acquire(LocalDate day, boolean make) {
    DayFile file = open.get(day);
    if (file == null) {
      DayKey key = known.get(day);
      if (key == null) {
        if (!make) {
          return Optional.empty();
        }
        key = newKey(day, fileName(day));
        keys.put(key);
        known.put(day, key);
      }
      file = openFile(key);
      open.put(day, file);
    }
    file.users++;
    return Optional.of(file);
  }

  private synchronized void release(DayFile file) {
    file.users--;
    notifyAll();
    Iterator<DayFile> eldestFirst = open.values().iterator();
    while (open.size() > OPEN_FILES && eldestFirst.hasNext()) {
      DayFile candidate = eldestFirst.next();
      if (candidate.users == 0) {
        eldestFirst.remove();
        candidate.close();
      }
    }
  }

  private static void copyRollUps(DayFile from, DayFile to) {
    List<ExchangeHour> hours = from.read(ExchangeHours::all);
    long position = from.read(DayFile::position);
    to.write(sql -> {
      hours.forEach(hour -> ExchangeHours.add(sql, hour));
      DayFile.position(sql, position);
      return hours.size();
    });
  }

  /** Closes the day's file, if it is open, once nobody works with it. */
  private synchronized void closeUnused(LocalDate day) {
    boolean interrupted = false;
    DayFile file = open.get(day);
    while (file != null && file.users > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      file = open.get(day);
    }
    if (file != null) {
      open.remove(day);
      file.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a crash in the middle of a drop left behind. */
  private void removeLeftOvers() {
    for (DayKey key : known.values()) {
      deleteFiles(keepsRows(key) ? hoursFileName(key.day()) : fileName(key.day()));
    }
  }

  private void deleteFiles(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder.resolve(name + "-journal"));
    } catch (IOException e) {
      throw new StorageException(name + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  private DayFile openFile(DayKey key) {
    return DayFile.open(
        folder.resolve(key.file()), keepsRows(key), unseal(key), connections, clock.millis());
  }

  private DayKey newKey(LocalDate day, String file) {
    byte[] key = new byte[Sealer.KEY_BYTES];
    random.nextBytes(key);
    return new DayKey(day, file, sealer.seal(key, place(file)));
  }

  private byte[] unseal(DayKey key) {
    return sealer.open(key.sealedKey(), place(key.file()));
  }

  private static byte[] place(String file) {
    return ("event_day_keys|" + file).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the day still has its rows, not only its roll-ups. */
  private static boolean keepsRows(DayKey key) {
    return key.file().equals(fileName(key.day()));
  }

  private static String fileName(LocalDate day) {
    return day + ".db";
  }

  private static String hoursFileName(LocalDate day) {
    return day + ".hours.db";
  }
}
