import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const answers = z.array(z.object({ name: z.string(), sql: z.string() }));
const topics = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".sql"));

test.each(topics)("every query of %s has its answer recorded", (topic) => {
  const corpus = readFileSync(new URL(topic, import.meta.url), "utf8");
  const expected = readFileSync(new URL(`../expected/${topic.replace(".sql", ".json")}`, import.meta.url), "utf8");
  const recorded = answers.parse(JSON.parse(expected)).map(({ name, sql }) => `-- name: ${name}\n${sql};\n`);
  expect(recorded.join(""), "run node scripts/trino/record.js").toBe(corpus);
});
