package dev.probity;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Counts and reads sources as the JDK's own parser sees them; each check answers with complaints.
 */
final class Tidy {
  static final int LONGEST_FILE = 500;
  static final int USUAL_FILE = 300;
  static final int LONGEST_METHOD = 60;
  static final int LARGEST_PACKAGE = 25;

  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Impl|Utils?|Manager|Helpers?|Common|Misc)$");

  /** Written in two parts, so that this file does not find itself. */
  private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");
  private static final Pattern SLEEP = Pattern.compile("Thread\\.sl" + "eep\\(");

  private Tidy() {}

  /** A source file, by its path below the source root. */
  record Source(String path, String text) {
    int lines() {
      return (int) text.lines().count();
    }

    String folder() {
      int slash = path.lastIndexOf('/');
      return slash < 0 ? "" : path.substring(0, slash);
    }
  }

  static List<String> longFiles(List<Source> sources) {
    List<String> complaints = new ArrayList<>();
    for (Source source : sources) {
      if (source.lines() >= LONGEST_FILE) {
        complaints.add(source.path + " has " + source.lines() + " lines");
      }
    }
    return complaints;
  }

  /** Empty if nine in ten files are of the usual length; otherwise those that are not. */
  static List<String> filesOfUnusualLength(List<Source> sources) {
    List<String> longer =
        sources.stream()
            .filter(source -> source.lines() >= USUAL_FILE)
            .map(source -> source.path + " has " + source.lines() + " lines")
            .toList();
    return longer.size() * 10 > sources.size() ? longer : List.of();
  }

  static List<String> largePackages(List<Source> sources) {
    Map<String, Integer> files = new TreeMap<>();
    sources.stream()
        .filter(source -> !source.path.endsWith("package-info.java"))
        .forEach(source -> files.merge(source.folder(), 1, Integer::sum));
    return files.entrySet().stream()
        .filter(entry -> entry.getValue() > LARGEST_PACKAGE)
        .map(entry -> entry.getKey() + " has " + entry.getValue() + " files")
        .toList();
  }

  static List<String> packagesWithoutInfo(List<Source> sources) {
    Map<String, String> infos = new TreeMap<>();
    sources.forEach(source -> infos.putIfAbsent(source.folder(), ""));
    sources.stream()
        .filter(source -> source.path.endsWith("package-info.java"))
        .forEach(source -> infos.put(source.folder(), source.text));
    return infos.entrySet().stream()
        .filter(entry -> !entry.getValue().contains("NullMarked") || !documented(entry.getValue()))
        .map(entry -> entry.getKey() + " has no package-info that says what it owns, @NullMarked")
        .toList();
  }

  private static boolean documented(String info) {
    return info.stripLeading().startsWith("/**");
  }

  static List<String> leftOpen(List<Source> sources) {
    return linesWith(LEFT_OPEN, sources);
  }

  static List<String> sleeps(List<Source> sources) {
    return linesWith(SLEEP, sources);
  }

  private static List<String> linesWith(Pattern pattern, List<Source> sources) {
    List<String> complaints = new ArrayList<>();
    for (Source source : sources) {
      List<String> lines = source.text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          complaints.add(source.path + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return complaints;
  }

  static List<String> longMethods(List<Source> sources) {
    List<String> complaints = new ArrayList<>();
    scan(
        sources,
        (source, method, lines) -> {
          if (lines > LONGEST_METHOD) {
            complaints.add(source.path + ": " + method.getName() + " has " + lines + " lines");
          }
        },
        (source, type) -> {});
    return complaints;
  }

  static List<String> emptyNames(List<Source> sources) {
    List<String> complaints = new ArrayList<>();
    scan(
        sources,
        (source, method, lines) -> {
          boolean overrides =
              method.getModifiers().getAnnotations().stream()
                  .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
          if (!overrides && GETTER.matcher(method.getName()).matches()) {
            complaints.add(source.path + ": " + method.getName() + ": a name without \"get\"");
          }
        },
        (source, type) -> {
          if (EMPTY_NAME.matcher(type.getSimpleName()).find()) {
            complaints.add(source.path + ": " + type.getSimpleName() + " says nothing");
          }
        });
    return complaints;
  }

  private interface MethodCheck {
    void check(Source source, MethodTree method, long lines);
  }

  private interface TypeCheck {
    void check(Source source, ClassTree type);
  }

  private static void scan(List<Source> sources, MethodCheck methods, TypeCheck types) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<URI, Source> byUri = new HashMap<>();
    List<Unit> units = new ArrayList<>();
    for (Source source : sources) {
      Unit unit =
          new Unit(URI.create("string:///" + units.size() + "/" + source.path), source.text);
      units.add(unit);
      byUri.put(unit.toUri(), source);
    }
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, units);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    try {
      for (CompilationUnitTree tree : task.parse()) {
        Source source = byUri.get(tree.getSourceFile().toUri());
        LineMap lines = tree.getLineMap();
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            long start = positions.getStartPosition(tree, method);
            long end = positions.getEndPosition(tree, method);
            if (start >= 0 && end >= 0) {
              methods.check(
                  source, method, lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
            }
            return super.visitMethod(method, nothing);
          }

          @Override
          public Void visitClass(ClassTree type, Void nothing) {
            types.check(source, type);
            return super.visitClass(type, nothing);
          }
        }.scan(tree, null);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final String text;

    Unit(URI uri, String text) {
      super(uri, JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
