/* What trainers type, line by line, and all that must come of it: the values, in a short notation
 * (`<text>`, `~` for nothing), and the messages, each with its line and column.  What the fixes
 * write must be read as the same values, in silence. */
#include "formats/yaml.h"
#include "test.h"

typedef struct Row {
    int line;
    const char *source;
    const char *values;
    const char *messages;
    size_t length;
} Row;

#define ROW(source, values, messages) {__LINE__, source, values, messages, sizeof(source) - 1}

static const Row rows[] = {
    ROW("title: Module 4: Your Customer\n",
        "{title: <Module 4: Your Customer>}",
        "1:8: warning: 'Module 4: Your Customer' needs quotes, because of the ': ' in it"),
    ROW("title: Desk basics\nunit: Module\n",
        "{title: <Desk basics>, unit: <Module>}",
        ""),
    ROW("site: https://example.org/a?b=c#d\n",
        "{site: <https://example.org/a?b=c#d>}",
        ""),
    ROW("opens: 12:30\n",
        "{opens: <12:30>}",
        ""),
    ROW("opens: 12:30: sharp\n",
        "{opens: <12:30: sharp>}",
        "1:8: warning: '12:30: sharp' needs quotes, because of the ': ' in it"),
    ROW("a: yes\nb: no\nc: null\nd: ~\ne:\n",
        "{a: <yes>, b: <no>, c: <null>, d: <~>, e: ~}",
        ""),
    ROW("a: 010\nb: 1.0\nc: 2026-11-02\nd: 0x1F\n",
        "{a: <010>, b: <1.0>, c: <2026-11-02>, d: <0x1F>}",
        ""),
    ROW("a: 😀 hello: world\n",
        "{a: <😀 hello: world>}",
        "1:4: warning: '😀 hello: world' needs quotes, because of the ': ' in it"),
    ROW("language: C#\n",
        "{language: <C#>}",
        ""),
    ROW("a: 50% off\n",
        "{a: <50% off>}",
        ""),
    ROW("a: #1 rule\n",
        "{a: <#1 rule>}",
        "1:4: warning: '#1 rule' needs quotes, because it begins with '#'"),
    ROW("a: We are #1\n",
        "{a: <We are #1>}",
        "1:4: warning: 'We are #1' needs quotes, because of the ' #' in it"),
    ROW("a: Press #\nb: #\n",
        "{a: <Press #>, b: ~}",
        "1:4: warning: 'Press #' needs quotes, because of the ' #' in it"),
    ROW("a: b # a note\n",
        "{a: <b>}",
        ""),
    ROW("a: \"quoted: text\"\nb: 'it''s'\n",
        "{a: <quoted: text>, b: <it's>}",
        ""),
    ROW("a: It's fine\n",
        "{a: <It's fine>}",
        ""),
    ROW("list:\n  - \"never\" works\n  - b\n",
        "{list: [<\"never\" works>, <b>]}",
        "2:5: warning: '\"never\" works' needs quotes, because it begins with '\"'"),
    ROW("a: @desk\n",
        "{a: <@desk>}",
        "1:4: warning: '@desk' needs quotes, because it begins with '@'"),
    ROW("a: 100%: done\n",
        "{a: <100%: done>}",
        "1:4: warning: '100%: done' needs quotes, because of the ': ' in it"),
    ROW("a: `code` here\n",
        "{a: <`code` here>}",
        "1:4: warning: '`code` here' needs quotes, because it begins with '`'"),
    ROW("a: %d items\n",
        "{a: <%d items>}",
        "1:4: warning: '%d items' needs quotes, because it begins with '%'"),
    ROW("a: *bold* text\n",
        "{a: <*bold* text>}",
        "1:4: warning: '*bold* text' needs quotes, because it begins with '*'"),
    ROW("a: **bold**: yes\n",
        "{a: <**bold**: yes>}",
        "1:4: warning: '**bold**: yes' needs quotes, because it begins with '*'"),
    ROW("a: & more\n",
        "{a: <& more>}",
        "1:4: warning: '& more' needs quotes, because it begins with '&'"),
    ROW("a: !Wow! yes\n",
        "{a: <!Wow! yes>}",
        "1:4: warning: '!Wow! yes' needs quotes, because it begins with '!'"),
    ROW("a: > 5 minutes\n",
        "{a: <> 5 minutes>}",
        "1:4: warning: '> 5 minutes' needs quotes, because it begins with '>'"),
    ROW("a: | pipe\n",
        "{a: <| pipe>}",
        "1:4: warning: '| pipe' needs quotes, because it begins with '|'"),
    ROW("a: [link](url)\n",
        "{a: <[link](url)>}",
        "1:4: warning: '[link](url)' needs quotes, because it begins with '['"),
    ROW("a: [x] done\n",
        "{a: <[x] done>}",
        "1:4: warning: '[x] done' needs quotes, because it begins with '['"),
    ROW("a: {choice} is: it\n",
        "{a: <{choice} is: it>}",
        "1:4: warning: '{choice} is: it' needs quotes, because it begins with '{'"),
    ROW("a: , then\n",
        "{a: <, then>}",
        "1:4: warning: ', then' needs quotes, because it begins with ','"),
    ROW("a: ? what\n",
        "{a: <? what>}",
        "1:4: warning: '? what' needs quotes, because it begins with '?'"),
    ROW("a: “text”: said\n",
        "{a: <“text”: said>}",
        "1:4: warning: '“text”: said' needs quotes, because of the ': ' in it"),
    ROW("a: “text”\n",
        "{a: <“text”>}",
        ""),
    ROW("a: 'tis the season\n",
        "{a: <'tis the season>}",
        "1:4: warning: ''tis the season' needs quotes, because it begins with an apostrophe"),
    ROW("a: 'Don't do it'\n",
        "{a: <'Don't do it'>}",
        "1:4: warning: ''Don't do it'' needs quotes, because it begins with an apostrophe"),
    ROW("a: \"He said \"hi\"\"\n",
        "{a: <\"He said \"hi\"\">}",
        "1:4: warning: '\"He said \"hi\"\"' needs quotes, because it begins with '\"'"),
    ROW("a: It ends in:\n",
        "{a: <It ends in:>}",
        "1:4: warning: 'It ends in:' needs quotes, because it ends in ':'"),
    ROW("a: : b\n",
        "{a: <: b>}",
        "1:4: warning: ': b' needs quotes, because of the ': ' in it"),
    ROW("a: -\n",
        "{a: <->}",
        "1:4: warning: '-' needs quotes, because it is nothing but '-'"),
    ROW("a: b: c\r\nd: e\r\n",
        "{a: <b: c>, d: <e>}",
        "1:4: warning: 'b: c' needs quotes, because of the ': ' in it"),
    ROW("a: b   \n",
        "{a: <b>}",
        ""),
    ROW("# a comment\na: b\n\n# more\n",
        "{a: <b>}",
        ""),
    ROW("\357\273\277a: b: c\n",
        "{a: <b: c>}",
        "1:4: warning: 'b: c' needs quotes, because of the ': ' in it"),
    ROW("- choose-one: What is it: this?\n"
        "  right: Ask.\n"
        "    => Yes: one question.\n"
        "  wrong:\n"
        "    - Explain.\n"
        "      => No: never.\n",
        "[{choose-one: <What is it: this?>, right: <Ask. => Yes: one question.>, wrong: "
        "[<Explain. => No: never.>]}]",
        "1:15: warning: 'What is it: this?' needs quotes, because of the ': ' in it\n"
        "2:10: warning: 'Ask.…' needs quotes, because of the ': ' in it\n"
        "5:7: warning: 'Explain.…' needs quotes, because of the ': ' in it"),
    ROW("- Remember: never blame\n- Listen\n",
        "[<Remember: never blame>, <Listen>]",
        "1:3: warning: 'Remember: never blame' needs quotes, because of the ': ' in it"),
    ROW("- Student: Hello\n  Assistant: Hi\n",
        "[{Student: <Hello>, Assistant: <Hi>}]",
        ""),
    ROW("- Groups:\n    - a\n- Ends in:\n- b\n",
        "[{Groups: [<a>]}, <Ends in:>, <b>]",
        "3:3: warning: 'Ends in:' needs quotes, because it ends in ':'"),
    ROW("- Some text: more\n  => fine\n",
        "[<Some text: more => fine>]",
        "1:3: warning: 'Some text: more…' needs quotes, because of the ': ' in it"),
    ROW("rubric:\n  Names the problem: 2\n  Says \"why\": 1\n",
        "{rubric: {Names the problem: <2>, Says \"why\": <1>}}",
        ""),
    ROW("\"never\" works: 2\n@desk: 3\n\"a b\": 4\n",
        "{\"never\" works: <2>, @desk: <3>, a b: <4>}",
        "1:1: warning: '\"never\" works' needs quotes, because it begins with '\"'\n"
        "2:1: warning: '@desk' needs quotes, because it begins with '@'"),
    ROW("right: \"Ask.\"\n  => Yes. One question.\n",
        "{right: <\"Ask.\" => Yes. One question.>}",
        "1:8: warning: '\"Ask.\"…' needs quotes, because it begins with '\"'"),
    ROW("right: [x]\n  => Yes.\n",
        "{right: <[x] => Yes.>}",
        "1:8: warning: '[x]…' needs quotes, because it begins with '['"),
    ROW("a: two\n  lines\n\n  and more\n",
        "{a: <two lines\nand more>}",
        ""),
    ROW("a: it's two\n  lines: yes\n\n  and it's more # note\n",
        "{a: <it's two>}",
        "2:3: error: this line stands under 'a', which has the value 'it's two' already"),
    ROW("summary:\n  A text on\n  its own lines\n",
        "{summary: <A text on its own lines>}",
        ""),
    ROW("summary:\n  A text\n  with: colons\nb: c\n",
        "{summary: {with: <colons>}, b: <c>}",
        "2:3: error: there is no colon in 'A text', so it is no key"),
    ROW("a: |\n  Text: with colon\n  # no comment\n\n    deeper\nb: >-\n  fold\n  ed\n",
        "{a: <Text: with colon\n# no comment\n\n  deeper\n>, b: <fold ed>}",
        ""),
    ROW("a: |\n     \n  b\n",
        "{a: <\nb\n>}",
        ""),
    ROW("a: |2\n    b\n",
        "{a: <  b\n>}",
        ""),
    ROW("a: [b, c, \"d, e\"]\n",
        "{a: [<b>, <c>, <d, e>]}",
        ""),
    ROW("a: [\n  b,\n  c\n]\nd: {e: f}\n",
        "{a: [<b>, <c>], d: {e: <f>}}",
        ""),
    ROW("a: [Ask first, then listen to what they say, and agree]\n",
        "{a: [<Ask first>, <then listen to what they say>, <and agree>]}",
        "1:16: warning: the comma before 'then listen to what they say' begins a new item of "
        "the list"),
    ROW("a: {choice}\n",
        "{a: {choice: ~}}",
        "1:5: warning: 'choice' has no value in these { }"),
    ROW("a: {b, c: d}\n",
        "{a: {b: ~, c: <d>}}",
        "1:5: warning: 'b' has no value in these { }"),
    ROW("wrong:\n- a\n- b\nright: c\n",
        "{wrong: [<a>, <b>], right: <c>}",
        ""),
    ROW("- - a\n  - b\n- c\n",
        "[[<a>, <b>], <c>]",
        ""),
    ROW("-\n  a: b\n",
        "[{a: <b>}]",
        ""),
    ROW("a: !!str 1\nb: !!str c: d\n",
        "{a: <1>, b: <c: d>}",
        "2:10: warning: 'c: d' needs quotes, because of the ': ' in it"),
    ROW("---\ntitle: a\n---\n",
        "{title: <a>}",
        ""),
    ROW("",
        "{}",
        ""),
    ROW("# nothing\n",
        "{}",
        ""),
    ROW("{a: b}\n",
        "{a: <b>}",
        ""),
    ROW("{\n  a: b,\n  c: d\n}\n",
        "{a: <b>, c: <d>}",
        ""),
    ROW("fill: Responding is a {choice}; reacting is a {reflex|habit}.\n",
        "{fill: <Responding is a {choice}; reacting is a {reflex|habit}.>}",
        ""),
    ROW("unit: \"%\"\n",
        "{unit: <%>}",
        ""),
    ROW("a: \\n is no escape\nb: \"C:\\\\new\"\n",
        "{a: <\\n is no escape>, b: <C:\\new>}",
        ""),
    ROW("a:\n\302\240\302\240b: c\n",
        "{a: {b: <c>}}",
        "2:1: warning: there is a no-break space here, which YAML does not take for a blank"),
    ROW("a:\302\240b\n",
        "{a: <b>}",
        "1:3: warning: there is a no-break space here, which YAML does not take for a blank"),
    ROW("-\302\240a\n-\tb\n",
        "[<a>, <b>]",
        "1:2: warning: there is a no-break space here, which YAML does not take for a blank\n"
        "2:2: warning: there is a tab after the dash"),
    ROW("a: b\302\240: c\n",
        "{a: <b\302\240: c>}",
        "1:4: warning: 'b\302\240: c' needs quotes, because of the ': ' in it"),
    ROW("title:Foo\nsummary: b\n",
        "{title: <Foo>, summary: <b>}",
        "1:6: error: a blank is missing after the colon in 'title:Foo'"),
    ROW("title Foo\nsummary: b\n",
        "{summary: <b>}",
        "1:1: error: there is no colon in 'title Foo', so it is no key"),
    ROW("title: a\nsummary b\nunit: c\n",
        "{title: <a>, unit: <c>}",
        "2:1: error: there is no colon in 'summary b', so it is no key"),
    ROW("a: b\ntext that goes on\nc: d\n",
        "{a: <b>, c: <d>}",
        "2:1: error: there is no colon in 'text that goes on', so it is no key"),
    ROW("a:\n  -b\n  - c\n",
        "{a: [<b>, <c>]}",
        "2:3: error: a blank is missing after the dash in '-b'"),
    ROW("a:\n- b\n-c\n",
        "{a: [<b>, <c>]}",
        "3:1: error: a blank is missing after the dash in '-c'"),
    ROW("a:\n  * b\n  * c\n",
        "{a: [<b>, <c>]}",
        "2:3: error: a list item begins with a dash, not with '*'\n"
        "3:3: error: a list item begins with a dash, not with '*'"),
    ROW("a:\n  • b\n",
        "{a: [<b>]}",
        "2:3: error: a list item begins with a dash, not with '•'"),
    ROW("answer:\n  -5\n",
        "{answer: <-5>}",
        ""),
    ROW("a:\n  b: c\n   d: e\nf: g\n",
        "{a: {b: <c>}, f: <g>}",
        "3:4: error: this line stands under 'b', which has the value 'c' already"),
    ROW("a:\n    b: c\n  d: e\nf: g\n",
        "{a: {b: <c>}, f: <g>}",
        "3:3: error: this line begins in column 3, but the lines it may belong to begin in "
        "column 1 or 5"),
    ROW(" a: b\nc: d\n",
        "{a: <b>}",
        "2:1: error: this line begins in column 1, but the first one in column 2"),
    ROW("title: Foo\n  summary: bar\n",
        "{title: <Foo>}",
        "2:3: error: this line stands under 'title', which has the value 'Foo' already"),
    ROW("brand: blue\n  color: red\n",
        "{brand: <blue>}",
        "2:3: error: this line stands under 'brand', which has the value 'blue' already"),
    ROW("wrong: Some\n  - a\n  - b\n",
        "{wrong: <Some>}",
        "2:3: error: this line stands under 'wrong', which has the value 'Some' already"),
    ROW("- One\n    - Two\n",
        "[<One>]",
        "2:5: error: this line stands under a list item, which has the value 'One' already"),
    ROW("- Explain.\n  feedback: no\n",
        "[<Explain.>]",
        "2:3: error: this line stands under a list item, which has the value 'Explain.' "
        "already"),
    ROW("a: \"never closed\nb: c\n",
        "{a: <\"never closed>, b: <c>}",
        "1:4: error: the quotation mark that stands here is never closed"),
    ROW("a: \"text\" # note\n  more\n",
        "{a: <text>}",
        "2:3: error: a comment ends a text, but here the text goes on"),
    ROW("a: b # note\n  c\n",
        "{a: <b>}",
        "2:3: error: a comment ends a text, but here the text goes on"),
    ROW("a: b\na: c\n",
        "{a: <b>, a: <c>}",
        "2:1: error: 'a' stands twice here: in line 1 already"),
    ROW("a: b\na: c\na: d\nb: 1\nb: 2\n",
        "{a: <b>, a: <c>, a: <d>, b: <1>, b: <2>}",
        "2:1: error: 'a' stands twice here: in line 1 already\n"
        "3:1: error: 'a' stands twice here: in line 1 already\n"
        "5:1: error: 'b' stands twice here: in line 4 already"),
    ROW("- a\nb: c\n",
        "[<a>]",
        "2:1: error: 'b' is a key, but the lines beside it are list items"),
    ROW("a: b\n- c\n",
        "{a: <b>}",
        "2:1: error: this list item stands among keys"),
    ROW("- a\nb\n",
        "[<a>]",
        "2:1: error: 'b' stands among list items, but has no dash"),
    ROW("a:\n  - b\n  c: d\n",
        "{a: [<b>]}",
        "3:3: error: 'c' is a key, but the lines beside it are list items"),
    ROW("a: b\n---\nc: d\n",
        "{a: <b>}",
        "2:1: error: '---' begins a second document, and Lectern reads only one"),
    ROW("--- a: b\nc: d\n",
        "{c: <d>}",
        "1:1: error: '---' must stand alone in its line"),
    ROW("%YAML 1.2\n---\na: b\n",
        "{a: <b>}",
        "1:1: error: Lectern does not use YAML's directives: '%YAML 1.2'"),
    ROW("a:\n\tb: c\n\td: e\nf: g\n",
        "{a: ~, f: <g>}",
        "2:1: error: there is a tab in the indentation\n"
        "3:1: error: there is a tab in the indentation"),
    ROW("a: |\n  b\n\tc\nd: e\n",
        "{a: <b\n>, d: <e>}",
        "3:1: error: there is a tab in the indentation"),
    ROW("a: b\001c\n",
        "{}",
        "1:5: error: there is a control character here (0x01)"),
    ROW("a: b\342\200\250c\n",
        "{}",
        "1:5: error: there is an invisible line break here (U+2028)"),
    ROW("a: b\rc: d\n",
        "{}",
        "1:5: error: this line ends in a carriage return alone (0x0D)"),
    ROW("a: *name\n",
        "{a: ~}",
        "1:4: error: Lectern does not use YAML's anchors (&name) and aliases (*name): '*name'"),
    ROW("a: &name value\nb: c\n",
        "{a: <value>, b: <c>}",
        "1:4: error: Lectern does not use YAML's anchors (&name) and aliases (*name): '&name'"),
    ROW("a: !thing b\n",
        "{a: <b>}",
        "1:4: error: Lectern does not use YAML's tags: '!thing'"),
    ROW("<<: a\n",
        "{<<: <a>}",
        "1:1: error: Lectern does not use YAML's merge keys: '<<'"),
    ROW("a: {<<: b}\n",
        "{a: {<<: <b>}}",
        "1:5: error: Lectern does not use YAML's merge keys: '<<'"),
    ROW("a: [*b, &c d, !e f]\n",
        "{a: [~, <d>, <f>]}",
        "1:5: error: Lectern does not use YAML's anchors (&name) and aliases (*name): '*b'\n"
        "1:9: error: Lectern does not use YAML's anchors (&name) and aliases (*name): '&c'\n"
        "1:15: error: Lectern does not use YAML's tags: '!e'"),
    ROW("? a\n: b\n",
        "{}",
        "1:1: error: there is no colon in '? a', so it is no key\n"
        "2:1: error: there is no key before this colon"),
    ROW("[a]: b\n",
        "{[a]: <b>}",
        "1:1: warning: '[a]' needs quotes, because it begins with '['"),
    ROW(": b\n",
        "{}",
        "1:1: error: there is no key before this colon"),
    ROW("a: - b\n",
        "{a: <- b>}",
        "1:4: error: a list cannot begin in the line of its key 'a'"),
    ROW("a: [b, c\nd: e\n",
        "{a: <[b, c>, d: <e>}",
        "1:4: warning: '[b, c' needs quotes, because it begins with '['"),
    ROW("a: [b,\n  c\nd: e\n",
        "{a: <[b, c>, d: <e>}",
        "1:4: error: the bracket that opens here is never closed"),
    ROW("a: [b, @c]\n",
        "{a: [<b>]}",
        "1:8: error: no text can begin with this sign without quotes"),
    ROW("a: \"\\q\"\n",
        "{}",
        "1:5: error: after this backslash comes no sign that may follow one"),
    ROW("a: \"C:\\new\\x\"\n",
        "{}",
        "1:13: error: after this backslash comes no number"),
    ROW("just text\n",
        "{}",
        "1:1: error: there is no colon in 'just text', so it is no key"),
    ROW("\"just text\"\n",
        "{}",
        "1:1: error: there is no colon in '\"just text\"', so it is no key"),
    ROW("a: b\n=> c\n",
        "{a: <b>}",
        "2:1: error: '=>' must stand deeper than the text it belongs to"),
    ROW("- right: a\n  => b\n",
        "[{right: <a>}]",
        "2:3: error: '=>' must stand deeper than the text it belongs to"),
    ROW("- choose-one What?\n  right: b\n",
        "{}",
        "1:3: error: there is no colon in 'choose-one What?', so it is no key"),
    ROW("- choose-one:What?\n  right: b\n",
        "[{choose-one: <What?>, right: <b>}]",
        "1:13: error: a blank is missing after the colon in 'choose-one:What?'"),
    ROW("a: |\n    b\n  c\nd: e\n",
        "{a: <b\n>, d: <e>}",
        "3:3: error: this line is indented less than the first line of the text it belongs to"),
    ROW("title:http://x\n",
        "{title: <http://x>}",
        "1:6: error: a blank is missing after the colon in 'title:http://x'"),
    ROW("http://x\n",
        "{}",
        "1:1: error: there is no colon in 'http://x', so it is no key"),
    ROW("a: b\n\n\n  c d e: f\n",
        "{a: <b\n\nc d e: f>}",
        "1:4: warning: 'b…' needs quotes, because of the ': ' in it"),
    ROW("a: \"b\"\n  c: d\n",
        "{a: <b>}",
        "2:3: error: this line stands under 'a', which has the value '\"b\"' already"),
    ROW("{a: b}\nc: d\n",
        "{c: <d>}",
        "1:1: error: there is no colon in '{a: b}', so it is no key"),
    ROW("a: [b: c\n  d\n",
        "{a: <[b: c d>}",
        "1:4: error: the bracket that opens here is never closed"),
    ROW("a: \"b\" c: d\n",
        "{a: <\"b\" c: d>}",
        "1:4: warning: '\"b\" c: d' needs quotes, because it begins with '\"'"),
    ROW("a: b #c\n  # d\n",
        "{a: <b #c>}",
        "1:4: warning: 'b #c' needs quotes, because of the ' #' in it"),
    ROW("- *name\n- b\n",
        "[~, <b>]",
        "1:3: error: Lectern does not use YAML's anchors (&name) and aliases (*name): '*name'"),
    ROW("\"a: b\n",
        "{}",
        "1:1: error: there is no colon in '\"a: b', so it is no key"),
    ROW("a: b\n\t\n# c\n\t# d\ne: f\n",
        "{a: <b>, e: <f>}",
        ""),
    ROW("a: b\n...\n",
        "{a: <b>}",
        ""),
    ROW("a: |x\n  b\n",
        "{a: <|x b>}",
        "1:4: warning: '|x…' needs quotes, because it begins with '|'"),
    ROW("- title: a\n  title: b\n",
        "[{title: <a>, title: <b>}]",
        "2:3: error: 'title' stands twice here: in line 1 already"),
    ROW("a: C:\\Users\n",
        "{a: <C:\\Users>}",
        ""),
    ROW("a: (b: c)\n",
        "{a: <(b: c)>}",
        "1:4: warning: '(b: c)' needs quotes, because of the ': ' in it"),
    ROW("a: b -- c: d\n",
        "{a: <b -- c: d>}",
        "1:4: warning: 'b -- c: d' needs quotes, because of the ': ' in it"),
    ROW("a: <b>c</b>\n",
        "{a: <<b>c</b>>}",
        ""),
    ROW("a: ~b\n",
        "{a: <~b>}",
        ""),
    ROW("a: =5\n",
        "{a: <=5>}",
        ""),
    ROW("a: 5:\n",
        "{a: <5:>}",
        "1:4: warning: '5:' needs quotes, because it ends in ':'"),
    ROW("a: b:c\n",
        "{a: <b:c>}",
        ""),
    ROW("a: \"b\": c\n",
        "{a: <\"b\": c>}",
        "1:4: warning: '\"b\": c' needs quotes, because it begins with '\"'"),
    ROW("a: 3 > 2: yes\n",
        "{a: <3 > 2: yes>}",
        "1:4: warning: '3 > 2: yes' needs quotes, because of the ': ' in it"),
    ROW("mañana: ¿Qué: sí?\n",
        "{mañana: <¿Qué: sí?>}",
        "1:9: warning: '¿Qué: sí?' needs quotes, because of the ': ' in it"),
    ROW("a:   b: c   # d\n",
        "{a: <b: c>}",
        "1:6: warning: 'b: c' needs quotes, because of the ': ' in it"),
    ROW("type : b\n",
        "{type: <b>}",
        ""),
    ROW("- agree\n  feedback: no\n",
        "[<agree>]",
        "2:3: error: this line stands under a list item, which has the value 'agree' already"),
    ROW("- a b\n  c: d\n",
        "{}",
        "1:3: error: there is no colon in 'a b', so it is no key"),
};

static void put_value(Buffer *shown, const Value *value);

static void put_list(Buffer *shown, const Value *list)
{
    buffer_char(shown, '[');
    for (size_t i = 0; i < list->list.count; i++) {
        buffer_string(shown, i ? ", " : "");
        put_value(shown, &list->list.items[i]);
    }
    buffer_char(shown, ']');
}

static void put_map(Buffer *shown, const Value *map)
{
    buffer_char(shown, '{');
    for (size_t i = 0; i < map->map.count; i++) {
        buffer_string(shown, i ? ", " : "");
        buffer_put(shown, map->map.items[i].key);
        buffer_string(shown, ": ");
        put_value(shown, &map->map.items[i].value);
    }
    buffer_char(shown, '}');
}

static void put_value(Buffer *shown, const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL: buffer_char(shown, '~'); break;
    case VALUE_LIST: put_list(shown, value); break;
    case VALUE_MAP: put_map(shown, value); break;
    default:
        buffer_char(shown, '<');
        buffer_put(shown, value->text);
        buffer_char(shown, '>');
    }
}

static Text shown_value(Arena *arena, const Value *value)
{
    Buffer shown = buffer_new(arena);
    put_value(&shown, value);
    return buffer_text(&shown);
}

static Text shown_messages(Arena *arena, Diag *diag)
{
    Buffer shown = buffer_new(arena);
    diag_sort(diag);
    for (size_t i = 0; i < diag->count; i++) {
        const Problem *problem = &diag->items[i];
        buffer_format(&shown, "%s%u:%u: %s: %.*s", i ? "\n" : "", problem->line, problem->column,
                      severity_name(problem->severity), TEXT_ARG(problem->message));
    }
    return buffer_text(&shown);
}

static Diag *new_diag(Arena *arena, Text source)
{
    Sources *sources = ARENA_NEW(arena, Sources);
    sources->arena = arena;
    Diag *diag = diag_new(arena, sources);
    diag_source(diag, sources_add(sources, TEXT("page.yaml")), source);
    return diag;
}

/* Read what the fixes have made of a row. */
static void check_fixed(Arena *arena, const Row *row, Text fixed, const Value *value)
{
    Value again;
    YamlFixes none = {.arena = arena};
    Diag *diag = new_diag(arena, fixed);
    const bool ok = yaml_read(arena, 0, fixed, 0, fixed.length, diag, &none, &again);
    test_check(ok && none.count == 0, __FILE__, row->line, "nothing is left to fix");
    test_check_text(shown_messages(arena, diag), TEXT(""), __FILE__, row->line,
                    "messages after the fix");
    test_check_text(shown_value(arena, &again), shown_value(arena, value), __FILE__, row->line,
                    "the values after the fix");
}

static void check_row(Arena *arena, const Row *row)
{
    Value value;
    YamlFixes fixes = {.arena = arena};
    const Text source = {row->source, row->length};
    Diag *diag = new_diag(arena, source);
    const bool ok = yaml_read(arena, 0, source, 0, source.length, diag, &fixes, &value);
    test_check(ok == (diag->error_count == 0), __FILE__, row->line, "what is refused is reported");
    test_check_text(shown_value(arena, &value), text_from(row->values), __FILE__, row->line,
                    "the values");
    test_check_text(shown_messages(arena, diag), text_from(row->messages), __FILE__, row->line,
                    "the messages");
    for (size_t i = 0; i < diag->count; i++)
        test_check(diag->items[i].help.length > 0, __FILE__, row->line, "each message has a cure");
    if (ok && fixes.count)
        check_fixed(arena, row, yaml_fixed(arena, source, &fixes), &value);
}

TEST(yaml_reads_what_trainers_type)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(arena, &rows[i]);
}
