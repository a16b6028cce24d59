// SPDX-License-Identifier: MIT
using System;
using System.Globalization;

/// The command line of both programs: --name NAME, --period MILLISECONDS,
/// --count N (0: until it is stopped), --start NUMBER.
class Options
{
    public string Name = "test_memory";
    public int Period = 1000;
    public long Count = 0;
    public long Start = 0;

    public static Options Parse(string[] args)
    {
        var options = new Options();
        if (args.Length % 2 != 0)
            throw new ArgumentException("an option without its argument");
        for (int i = 0; i < args.Length; i += 2)
            options.Set(args[i], args[i + 1]);
        return options;
    }

    void Set(string option, string argument)
    {
        switch (option)
        {
        case "--name": Name = argument; break;
        case "--period": Period = checked((int)Number(argument)); break;
        case "--count": Count = Number(argument); break;
        case "--start": Start = Number(argument); break;
        default: throw new ArgumentException("unknown option " + option);
        }
    }

    static long Number(string text)
    {
        return long.Parse(text, CultureInfo.InvariantCulture);
    }
}
