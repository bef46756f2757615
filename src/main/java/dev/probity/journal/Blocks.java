package dev.probity.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Gives a file its disk blocks before it is mapped, so that a full disk is an error here and not a
 * SIGBUS when the memory is written. On Linux by {@code posix_fallocate}, which costs next to
 * nothing; elsewhere, or where that fails, by writing zeros.
 */
final class Blocks {
  private static final int ZEROS = 1 << 20;
  private static final int READ_WRITE = 2;
  private static final int NO_SPACE = 28;
  private static final Optional<Native> NATIVE = Native.load();

  private Blocks() {}

  /** Makes the file this long, all zeros, with all its blocks, and forces it to the disk. */
  static void allocate(Path file, int bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      if (NATIVE.isEmpty() || !NATIVE.get().allocate(file, bytes)) {
        writeZeros(channel, bytes);
      }
      channel.force(true);
    }
  }

  static void writeZeros(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(ZEROS, bytes));
    for (int left = bytes; left > 0; left -= zeros.limit()) {
      zeros.clear().limit(Math.min(zeros.capacity(), left));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
    }
  }

  /** The three calls of the C library. */
  private record Native(MethodHandle open, MethodHandle allocate, MethodHandle close) {
    private static Optional<Native> load() {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return Optional.empty();
      }
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      ValueLayout.OfInt number = ValueLayout.JAVA_INT;
      FunctionDescriptor open = FunctionDescriptor.of(number, ValueLayout.ADDRESS, number);
      FunctionDescriptor allocate =
          FunctionDescriptor.of(number, number, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
      return library
          .find("posix_fallocate")
          .map(address ->
              new Native(
                  linker.downcallHandle(
                      library.findOrThrow("open"), open, Linker.Option.firstVariadicArg(2)),
                  linker.downcallHandle(address, allocate),
                  linker.downcallHandle(
                      library.findOrThrow("close"), FunctionDescriptor.of(number, number))));
    }

    /**
     * Whether the file has its blocks now; false if the file system cannot do it.
     *
     * @throws IOException if the disk is full
     */
    private boolean allocate(Path file, int bytes) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment name = arena.allocateFrom(file.toString());
        int descriptor = (int) open.invokeExact(name, READ_WRITE);
        if (descriptor < 0) {
          return false;
        }
        int error;
        try {
          error = (int) allocate.invokeExact(descriptor, 0L, (long) bytes);
        } finally {
          int ignored = (int) close.invokeExact(descriptor);
        }
        if (error == NO_SPACE) {
          throw new IOException("No space left on device for " + file);
        }
        return error == 0;
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("posix_fallocate cannot be called", e);
      }
    }
  }
}
