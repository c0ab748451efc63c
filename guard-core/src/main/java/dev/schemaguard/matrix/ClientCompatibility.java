// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client fits a server, with what was compared. Immutable.
 *
 * @param outcome the answer
 * @param component the client's name, as the table writes it; as it was asked where no table does
 * @param clientVersion the client's version, as it was asked
 * @param serverVersion the server's version; null where it has none
 * @param row the label of the row that speaks for the server; null where there is none
 * @param accepted the versions that fit, as the table writes them, {@code any} or {@code none};
 *     null where it says nothing
 * @param where {@code file:line} of the row, else of the table, else the document
 */
public record ClientCompatibility(
    Outcome outcome,
    String component,
    String clientVersion,
    @Nullable String serverVersion,
    @Nullable String row,
    @Nullable String accepted,
    String where) {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final int LONGEST = 60;

  /** The answers: one that fits, four that refuse, four that cannot tell. */
  public enum Outcome {
    /** The client is named among those that fit. */
    FITS,
    /** Every version that fits is newer. */
    TOO_OLD,
    /** Every version that fits is older. */
    TOO_NEW,
    /** The client is not named, though older and newer versions are, or another build of it. */
    LEFT_OUT,
    /** No version of this client fits. */
    NONE_FITS,
    /** No row speaks for this version of the server. */
    NO_ROW,
    /** The row says nothing about this client: its cell is blank. */
    NOT_STATED,
    /** No table names this client. */
    UNKNOWN_COMPONENT,
    /** The client's version is none that could be compared. */
    NOT_A_VERSION;

    /** Whether the tables answer the question; what is not told neither fits nor is refused. */
    public boolean isKnown() {
      return this == FITS || isRefused();
    }

    /** Whether the tables say that this client does not fit. */
    public boolean isRefused() {
      return this == TOO_OLD || this == TOO_NEW || this == LEFT_OUT || this == NONE_FITS;
    }
  }

  /** Whether the tables say that this client fits; never true where they say nothing. */
  public boolean fits() {
    return outcome == Outcome.FITS;
  }

  /** The answer for people, in one sentence without a full stop and of bounded length. */
  public String sentence() {
    String client = component + " " + shown(clientVersion);
    String server = serverVersion == null ? "this server" : "server " + shown(serverVersion);
    String accepting = server + ", which accepts " + accepted;
    return switch (outcome) {
      case FITS -> client + " fits " + accepting;
      case TOO_OLD -> client + " is too old for " + accepting;
      case TOO_NEW -> client + " is too new for " + accepting;
      case LEFT_OUT -> client + " does not fit " + accepting;
      case NONE_FITS -> "No version of " + component + " fits " + server;
      case NO_ROW -> where + " has no row for " + server + ", so nobody can tell what fits it";
      case NOT_STATED -> where + " does not say which versions of " + component + " fit " + server;
      case UNKNOWN_COMPONENT -> where + " names no client '" + shown(component) + "'";
      case NOT_A_VERSION ->
          "Nobody can tell whether "
              + component
              + " '"
              + shown(clientVersion)
              + "' fits "
              + accepting;
    };
  }

  /** What somebody sent, fit for a line of a log. */
  private static String shown(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return CONTROL.matcher(shown).replaceAll("\uFFFD");
  }
}
