package io.karst.server.tools;

import picocli.CommandLine.Command;

/// `./karst inspect`: shows what is on disk, to people.
@Command(
    name = "inspect",
    description = "Shows what a store has on disk.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst inspect wal|lsm [DIR] [options]%n",
    subcommands = {InspectWal.class, InspectTier.class})
final class InspectTool {}
