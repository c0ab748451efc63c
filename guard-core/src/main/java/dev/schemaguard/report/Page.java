// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.single;
import static dev.schemaguard.report.Html.tag;

/** Creates the parts that all pages have in common. */
final class Page {

  private Page() {}

  /**
   * Returns the policy that allows this style and the icon of the browser tab, and nothing else.
   */
  static String policy(InlineCode style) {
    return "default-src 'none'; style-src "
        + style.source()
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  /**
   * Returns the policy that also allows this script, which may send requests to the page's own
   * server.
   */
  static String livePolicy(InlineCode style, InlineCode script) {
    return policy(style) + "; script-src " + script.source() + "; connect-src 'self'";
  }

  /**
   * Returns a policy as the value of the header, where it can also restrict who may frame the page.
   */
  static String header(String policy) {
    return policy + "; frame-ancestors 'none'";
  }

  /** Returns the head of a document. The policy precedes everything to which it applies. */
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
