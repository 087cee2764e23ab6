package io.karst.commands;

/// A change of a command's surface: the version it came with, and what it was.
public record Change(String version, String what) {}
