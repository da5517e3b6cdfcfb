import unittest

from check_coroutines import complaints

BAD = [
    "co_await save(call, NewNote{lead_id, text});",
    "co_await save(call, {.id = 1});",
    "co_await save(call, Note<int>{1});",
    "co_await call.read([text](db::Reader& db) { return 1; });",
    "co_await call.read([=](db::Reader& db) { return 1; });",
    "co_await call.read([&, text = std::move(text)](db::Reader& db) { return 1; });",
    "co_return co_await call.write(\n    [id](db::Tx& tx) { return 1; });",
    "for (const auto& row : co_await rows(call)) use(row);",
    "for (const auto& row : (co_await page(call)).rows) use(row);",
    "co_spawn(loop, [this, x]() -> awaitable<void> { co_return; }(), detached);",
    "if (co_await is_sent(call)) co_await linger(call);",
]

GOOD = [
    "const NewNote note{lead_id, text};\nco_await save(call, note);",
    "co_await call.read([&](db::Reader& db) { return Lead{1}; });",
    "co_await call.read([&id, this](db::Reader& db) { return 1; });",
    "co_await run([] { return 1; });",
    "auto lead = co_await find(call, ids[0]);\nreturn Lead{1};",
    "co_return Page{1, 2};",
    'co_await say(call, "Lead{1} and [x] { }");  // Lead{1}',
    "co_await wait(std::vector<int>{1, 2});",
    "co_await save(call, LeadId{bytes});  // coroutine-safe: has a constructor",
    "for (int i = 0; i < co_await count(); ++i) use(i);",
    "co_spawn(loop, [x]() -> awaitable<void> { co_return; }, detached);",
    "if (co_await ready()) { use(Lead{1}); }",
    "const bool is_sent = co_await send(call);\nif (is_sent) co_await linger(call);",
    "if (!co_await send(call)) co_return false;",
    "while (co_await next(reader)) { list.push_back({1, 2}); }",
    "co_await call.read([&](db::Reader& db) -> Page<Lead> { return {1}; });",
]


class CoroutineTests(unittest.TestCase):
    def test_each_bad_shape_is_found_once(self):
        for code in BAD:
            with self.subTest(code):
                self.assertEqual(len(complaints(code)), 1, complaints(code))

    def test_good_shapes_are_left_alone(self):
        for code in GOOD:
            with self.subTest(code):
                self.assertEqual(complaints(code), [])

    def test_the_line_is_named(self):
        self.assertEqual(complaints("\n\n" + BAD[0])[0][0], 3)


if __name__ == "__main__":
    unittest.main()
