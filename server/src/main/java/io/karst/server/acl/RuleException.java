package io.karst.server.acl;

/// A rule that means nothing, or cannot be applied to the user as it is. Nothing has changed.
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The rule; empty if it is not one that is to blame.
  private final String rule;

  RuleException(String cause) {
    this("", cause);
  }

  private RuleException(String rule, String cause) {
    super(cause, null, false, false);
    this.rule = rule;
  }

  static RuleException syntax() {
    return new RuleException("Syntax error");
  }

  static RuleException unknown() {
    return new RuleException("Unknown command or category name in ACL");
  }

  /// The same about this rule.
  RuleException about(String its) {
    return new RuleException(its, String.valueOf(getMessage()));
  }

  /// For whoever wrote the rule.
  ///
  /// - `place`: what the rule is there, as in "ACL SETUSER modifier".
  public String line(String place) {
    String cause = Latin1.utf8(String.valueOf(getMessage()));
    return rule.isEmpty() ? cause : "Error in " + place + " '" + Latin1.utf8(rule) + "': " + cause;
  }
}
