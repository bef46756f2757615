package dev.probity.gateway.routing;

/**
 * SipHash-2-4: a hash that nobody without the key can steer or undo. Texts are taken as UTF-16, so
 * nothing is allocated. With a key that is known to all it is a hash on which nodes agree.
 */
final class KeyedHash {
  /** The same everywhere. */
  static final KeyedHash COMMON = new KeyedHash(0, 0);

  private final long key0;
  private final long key1;

  KeyedHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** Of a number and texts, told apart from any other division into texts. */
  long of(long number, CharSequence first, CharSequence second) {
    State state = new State(key0, key1);
    state.word(number);
    state.text(first);
    state.text(second);
    return state.finish();
  }

  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void word(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    void text(CharSequence text) {
      long word = 0;
      for (int i = 0; i < text.length(); i++) {
        word = word << 16 | text.charAt(i);
        if ((i & 3) == 3) {
          word(word);
          word = 0;
        }
      }
      word(word);
      word(text.length());
    }

    long finish() {
      v2 ^= 0xff;
      for (int i = 0; i < 4; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
