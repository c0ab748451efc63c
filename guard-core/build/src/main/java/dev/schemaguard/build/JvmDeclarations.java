// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the classes that a source file declares, including nested classes, but without classes
 * inside methods.
 */
final class JvmDeclarations {

  private static final Pattern WORD = Pattern.compile("[{}]|(?<![.:\\w])@?[A-Za-z]\\w*");
  private static final Pattern DECLARED =
      Pattern.compile("(?:@?interface|class|enum|record|object|trait)");
  private static final Pattern NAME =
      Pattern.compile("\\s+(?:class\\s+)?(`[^`\\n]+`|[A-Za-z_]\\w*)");
  private static final Pattern MODIFIERS =
      Pattern.compile(
          "(?:(?:@[\\w.:]+(?:\\s*\\((?:[^()]|\\([^()]*\\))*\\))?|\\b(?:public|protected|private"
              + "|internal|abstract|sealed|final|open|static|inner|data|annotation|enum|value"
              + "|inline|strictfp|non-sealed|companion|fun|case|implicit|lazy|expect|actual)\\b)"
              + "\\s*)*$");

  /**
   * Text that continues a header on the next line, in languages in which a line break may end the
   * header.
   */
  private static final Pattern CONTINUED =
      Pattern.compile(
          "[:,({]|@|(?:where|extends|with|by|constructor|private|protected|internal|public)\\b");

  private record Scope(@Nullable String path, boolean makesStatic) {}

  private final Path file;
  private final JvmText text;
  private final JvmFile source;
  private final String code;
  private final List<JvmClass> found = new ArrayList<>();
  private final Deque<Scope> scopes = new ArrayDeque<>();

  private JvmDeclarations(Path file, String language, String text) {
    this.file = file;
    this.text = JvmText.of(text);
    this.code = this.text.code();
    this.source = JvmFile.of(language, code);
  }

  /** Returns the classes in the order of the file. */
  static List<JvmClass> in(Path file, String language, String text) {
    JvmDeclarations declarations = new JvmDeclarations(file, language, text);
    declarations.read();
    return declarations.found;
  }

  private void read() {
    Matcher word = WORD.matcher(code);
    int at = 0;
    while (word.find(at)) {
      at = word.end();
      if (word.group().equals("{")) {
        scopes.push(new Scope(null, false));
      } else if (word.group().equals("}")) {
        scopes.poll();
      } else if (DECLARED.matcher(word.group()).matches()) {
        at = declaration(word.group(), word.start(), word.end());
      }
    }
  }

  /** Reads a declaration, and returns the position at which to continue. */
  private int declaration(String kind, int start, int end) {
    Matcher name = NAME.matcher(code).region(end, code.length());
    if (!name.lookingAt()) {
      return end;
    }
    int headerEnd = headerEnd(name.end());
    boolean hasBody = headerEnd < code.length() && code.charAt(headerEnd) == '{';
    if (!hasBody && !endsByLine()) {
      return end;
    }
    Scope around = scopes.peek();
    boolean isMember = around == null || around.path() != null;
    String path = (around == null ? "" : around.path() + "$") + name.group(1).replace("`", "");
    if (isMember) {
      found.add(declared(kind, start, path, name.end(), headerEnd));
    }
    if (!hasBody) {
      return headerEnd;
    }
    scopes.push(new Scope(isMember ? path : null, !kind.equals("class")));
    return headerEnd + 1;
  }

  private JvmClass declared(String kind, int start, String path, int nameEnd, int headerEnd) {
    boolean hasBody = headerEnd < code.length() && code.charAt(headerEnd) == '{';
    Matcher before = MODIFIERS.matcher(code).region(0, start);
    String modifiers = before.find() ? before.group() : "";
    String header = code.substring(nameEnd, headerEnd);
    int bodyEnd = hasBody ? Math.max(headerEnd + 1, text.close(headerEnd) - 1) : headerEnd;
    int bodyStart = hasBody ? headerEnd + 1 : headerEnd;
    JvmHeader read = JvmHeader.of(source.language(), header);
    return new JvmClass(
        file,
        source,
        path,
        kind,
        modifiers + " " + read.modifiers(),
        read.supertypes(),
        read.parameters(),
        new JvmText(text.whole().substring(bodyStart, bodyEnd), code.substring(bodyStart, bodyEnd)),
        isInner(kind, modifiers));
  }

  private boolean isInner(String kind, String modifiers) {
    Scope around = scopes.peek();
    if (around == null || !kind.equals("class")) {
      return false;
    }
    return switch (source.language()) {
      case "kt" -> modifiers.contains("inner");
      case "scala" -> !around.makesStatic();
      default -> !modifiers.contains("static") && !around.makesStatic();
    };
  }

  private boolean endsByLine() {
    return source.language().equals("kt") || source.language().equals("scala");
  }

  /** Returns the end of a header, which is its body or the next declaration. */
  private int headerEnd(int from) {
    boolean byLine = endsByLine();
    for (int i = from; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '(') {
        i = text.close(i) - 1;
      } else if (c == '{' || c == '}' || c == ';' || (c == '\n' && byLine && ends(from, i))) {
        return i;
      }
    }
    return code.length();
  }

  private boolean ends(int from, int line) {
    String before = code.substring(from, line).stripTrailing();
    String after = code.substring(line).stripLeading();
    return !before.matches("(?s).*(?:[:,]|\\b(?:extends|with|by))")
        && !CONTINUED.matcher(after).lookingAt();
  }
}
