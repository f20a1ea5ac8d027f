"""The command juesuan. Together with the nightly work the only place that knows reader and warehouse."""
