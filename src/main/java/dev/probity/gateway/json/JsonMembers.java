package dev.probity.gateway.json;

import java.util.Arrays;

/**
 * The members of an object, read once and then asked by name. A member that is null counts as one
 * that is not there; of one that is there twice the last counts.
 */
public final class JsonMembers {
  /** What stands where there is nothing; of kind {@link JsonKind#ABSENT}. */
  public static final RawJson ABSENT = RawJson.of("");

  private static final int FIRST_ROOM = 6;

  private String[] names = new String[FIRST_ROOM];
  private RawJson[] values = new RawJson[FIRST_ROOM];
  private int size;

  private JsonMembers() {}

  /**
   * @throws MalformedJson if it is no object
   */
  public static JsonMembers of(RawJson object) throws MalformedJson {
    JsonMembers members = new JsonMembers();
    JsonCursor json = object.cursor();
    json.enterObject();
    while (json.nextMember()) {
      String name = json.name();
      members.add(name, json.raw());
    }
    return members;
  }

  private void add(String name, RawJson value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }

  public int size() {
    return size;
  }

  /** The name of the member at this place, in the order of the document. */
  public String name(int place) {
    return names[place];
  }

  public RawJson value(int place) {
    return values[place];
  }

  public RawJson get(String name) {
    for (int i = size - 1; i >= 0; i--) {
      if (names[i].equals(name)) {
        return values[i].isNull() ? ABSENT : values[i];
      }
    }
    return ABSENT;
  }

  public boolean has(String name) {
    return get(name) != ABSENT;
  }

  public boolean isTrue(String name) {
    return get(name).isTrue();
  }

  /**
   * The string there.
   *
   * @throws MalformedJson if there is none
   */
  public RawText text(String name) throws MalformedJson {
    return get(name)
        .text()
        .orElseThrow(() -> new MalformedJson("expected a string as \"" + name + "\""));
  }

  /** The string there; empty if there is none. */
  public RawText textOrEmpty(String name) {
    return get(name).text().orElse(RawText.EMPTY);
  }
}
