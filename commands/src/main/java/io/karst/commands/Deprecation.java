package io.karst.commands;

/// Since which version a command is no longer recommended, and what is instead.
public record Deprecation(String since, String replacedBy) {}
