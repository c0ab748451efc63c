// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.testing.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page whose fenced commands are run, in their order. */
record Page(Document document) {

  /**
   * A fence of commands, and the output that is shown behind it.
   *
   * @param place document and line, for messages
   * @param heading the heading that it stands under
   * @param tool the migration tool whose users run it; empty: everybody
   * @param outputOf the tool whose output is shown; empty: everybody's
   * @param output empty where none is shown
   */
  record Step(
      String place,
      String heading,
      String tool,
      List<Command> commands,
      String outputOf,
      String output) {

    /** Whether the output that is shown is what this tool's users see. */
    boolean showsOutputOf(String aTool) {
      return !output.isEmpty() && (outputOf.isEmpty() || outputOf.equals(aTool));
    }

    @Override
    public String toString() {
      return place + " " + heading;
    }
  }

  /**
   * A command as it stands on the page.
   *
   * @param exitCode the one that the comment behind it names, else 0
   */
  record Command(String text, int exitCode) {

    private static final Pattern EXIT_CODE = Pattern.compile(" # .*?exit code (\\d+)");

    static Command of(String line) {
      Matcher named = EXIT_CODE.matcher(line);
      return new Command(line, named.find() ? Integer.parseInt(named.group(1)) : 0);
    }
  }

  private static final String FENCE = "```";

  static Page of(String path) {
    return new Page(Document.of(path));
  }

  /** What there is to run, in order. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    List<String> lines = document.lines();
    String heading = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("#")) {
        heading = line.replaceFirst("#+ (?:\\d+\\. )?", "");
      } else if (line.startsWith(FENCE)) {
        int start = i + 1;
        i = endOf(start);
        add(steps, line.substring(FENCE.length()), heading, start, lines.subList(start, i));
      }
    }
    return steps;
  }

  private int endOf(int start) {
    int end = start;
    while (!document.lines().get(end).strip().equals(FENCE)) {
      end++;
    }
    return end;
  }

  private void add(List<Step> steps, String language, String heading, int line, List<String> text) {
    String tool = language.replaceFirst("^\\w* ?", "");
    if (language.startsWith("sh")) {
      List<Command> commands = text.stream().map(String::strip).map(Command::of).toList();
      String place = document.path() + ":" + line;
      steps.add(new Step(place, heading, tool, commands, "", ""));
    } else if (language.startsWith("text")) {
      Step last = steps.remove(steps.size() - 1);
      String output = String.join("\n", text) + "\n";
      steps.add(new Step(last.place(), last.heading(), last.tool(), last.commands(), tool, output));
    }
  }
}
