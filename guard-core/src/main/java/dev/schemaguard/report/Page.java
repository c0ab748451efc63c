// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.single;
import static dev.schemaguard.report.Html.tag;

/** What all pages have in common. */
final class Page {

  private Page() {}

  /** The policy that admits this style, the picture of the tab, and nothing else. */
  static String policy(InlineCode style) {
    return "default-src 'none'; style-src "
        + style.source()
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  /** The same, and this script, which may ask the page's own server. */
  static String livePolicy(InlineCode style, InlineCode script) {
    return policy(style) + "; script-src " + script.source() + "; connect-src 'self'";
  }

  /** A policy as the header that it is sent in, where it can also say who may frame the page. */
  static String header(String policy) {
    return policy + "; frame-ancestors 'none'";
  }

  /** The head of a document; the policy stands before all that it is to hold for. */
  static Html head(String title, String policy, InlineCode style, Html more) {
    return tag(
        "head",
        single("meta").with("charset", "utf-8"),
        single("meta").with("http-equiv", "Content-Security-Policy").with("content", policy),
        single("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        tag("title", title),
        more,
        style.in("style"));
  }
}
