package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a copy of {@code ./probity} in a home of its own, with a JDK and a Maven that only report.
 */
class LauncherTest {
  private static final String REPORTING_JAVA =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}"; exit 0;; esac
      done
      echo "java in $(pwd): $*"
      exit "${FAKE_STATUS:-0}"
      """;

  @TempDir Path folder;
  private Path home;
  private Path jdk;
  private Path tools;

  private record Answer(int status, String out, String err) {}

  @BeforeEach
  void madeUpHome() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    executable(home.resolve("probity"), Files.readString(Path.of("probity")));
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("src/test"));
    Files.createDirectories(home.resolve(".mvn"));
    Files.writeString(home.resolve("pom.xml"), "");
    jdk = jdk("jdk", "25.0.3");
    tools = Files.createDirectories(folder.resolve("tools"));
    executable(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        echo "mvn with $JAVA_HOME: $*" >>"$(dirname "$0")/calls"
        case "$*" in *package*) ;; *) exit 0 ;; esac
        [ -z "$FAKE_BROKEN" ] || { echo "does not compile"; exit 1; }
        mkdir -p target/lib && touch target/probity.jar
        """);
  }

  @Test
  void run_buildsOnceAndStartsWhereItWasCalled() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Answer first = call(elsewhere, Map.of(), "run", "--port", "0", "--data", "my data");
    assertThat(first.status).as(first.err).isZero();
    assertThat(first.err).contains("building");
    assertThat(first.out)
        .startsWith("java in " + elsewhere.toRealPath() + ": ")
        .contains("-XX:+UseSerialGC")
        .contains("-XX:AOTCache=" + home.toRealPath().resolve("target/probity.aot"))
        .endsWith("target/probity.jar run --port 0 --data my data\n");

    Answer second = call(elsewhere, Map.of("PROBITY_JAVA_OPTS", "-Da=1 -Db=2"), "run");
    assertThat(second.err).isEmpty();
    assertThat(second.out).contains("-Da=1 -Db=2 -jar");
    assertThat(calls()).hasSize(1);

    Path source = Files.writeString(home.resolve("src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.fromMillis(Long.MAX_VALUE / 1_000_000));
    call(elsewhere, Map.of(), "run");
    assertThat(calls()).as("a newer source").hasSize(2);
  }

  @Test
  void run_endsWithTheStatusOfJava() throws Exception {
    assertThat(call(folder, Map.of("FAKE_STATUS", "7"), "run").status).isEqualTo(7);
  }

  @Test
  void brokenBuild_isShown() throws Exception {
    Answer answer = call(folder, Map.of("FAKE_BROKEN", "yes"), "run");
    assertThat(answer.status).isEqualTo(1);
    assertThat(answer.err).contains("does not compile").contains("the build failed");
    assertThat(answer.out).isEmpty();
  }

  @Test
  void trialRunThatFails_isNoObstacle() throws Exception {
    executable(
        jdk.resolve("bin/java"),
        REPORTING_JAVA.replace("echo cache >\"${word#*=}\"; exit 0", "exit 1"));
    Answer answer = call(folder, Map.of(), "run");
    assertThat(answer.status).isZero();
    assertThat(answer.err).contains("starts will be slower");
    assertThat(answer.out).contains("probity.jar run").doesNotContain("AOTCache=");
  }

  @Test
  void unknownWord_namesTheNearest() throws Exception {
    Answer answer = call(folder, Map.of(), "rnu");
    assertThat(answer.status).isEqualTo(2);
    assertThat(answer.err)
        .contains("there is no word \"rnu\"; did you mean run?")
        .contains("Usage");
    assertThat(call(folder, Map.of(), "datamap").err).contains("did you mean data-map?");
  }

  @Test
  void help_namesEveryWord() throws Exception {
    for (String word : List.of("help", "--help", "-h")) {
      Answer answer = call(folder, Map.of(), word);
      assertThat(answer.status).isZero();
      assertThat(answer.out)
          .contains("run", "test", "bench", "build", "explain", "reprice", "data-map", "version")
          .contains("PROBITY_JAVA_OPTS", "PROBITY_ADMIN_KEY");
    }
    assertThat(call(folder, Map.of()).out).startsWith("Usage");
  }

  @Test
  void oldJavaHome_isPassedOverForTheOneOnThePath() throws Exception {
    Path old = jdk("old", "17.0.15");
    Answer answer =
        call(folder, Map.of("JAVA_HOME", old.toString(), "PATH", jdk + "/bin:" + path()), "build");
    assertThat(answer.status).as(answer.err).isZero();
    assertThat(calls()).singleElement().asString().contains("mvn with " + jdk.toRealPath());
  }

  @Test
  void noJdk_saysWhatToInstall() throws Exception {
    Path launcher = home.resolve("probity");
    executable(launcher, Files.readString(launcher).replace("needed_java=25", "needed_java=998"));
    Answer answer = call(folder, Map.of(), "run");
    assertThat(answer.status).isEqualTo(1);
    assertThat(answer.err).contains("needs a JDK 998 or later").contains("apt-get install");
    assertThat(answer.out).isEmpty();
  }

  @Test
  void test_runsEverythingAndSaysWhatItLeavesOut() throws Exception {
    Files.writeString(
        home.resolve("src/test/prepare"), Files.readString(Path.of("src/test/prepare")));
    executable(tools.resolve("chromium"), "#!/bin/sh\n");
    Answer answer =
        call(folder, Map.of("PROBITY_CACHE", folder.resolve("cache").toString()), "test", "-X");
    assertThat(answer.status).as(answer.err).isZero();
    assertThat(answer.err).contains("leaving out the tests tagged \"clients\"");
    assertThat(calls())
        .singleElement()
        .asString()
        .endsWith(": -B verify -Dtest.excluded=clients -X");
  }

  private Answer call(Path directory, Map<String, String> environment, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("probity").toString()));
    command.addAll(Arrays.asList(words));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", path());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Answer(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private String path() {
    return tools + ":/usr/bin:/bin";
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(tools.resolve("calls"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(made.resolve("bin"));
    Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(made.resolve("bin/java"), REPORTING_JAVA);
    executable(made.resolve("bin/javac"), "#!/bin/sh\n");
    return made;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
