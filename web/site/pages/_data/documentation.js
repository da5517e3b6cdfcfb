// The order of the documentation, as its side shows it.
export default [
  {
    name: "Start",
    links: [
      { name: "Overview", address: "/docs" },
      { name: "Run it yourself", address: "/docs/run-it-yourself" },
    ],
  },
  {
    name: "Guide",
    links: [
      { name: "For owners", address: "/docs/guide/owner" },
      { name: "For team leads", address: "/docs/guide/team-lead" },
      { name: "For agents", address: "/docs/guide/agent" },
      { name: "For operators", address: "/docs/guide/operator" },
    ],
  },
  {
    name: "Meta",
    links: [
      { name: "Meta Graph API", address: "/docs/meta-graph-api" },
      { name: "OAuth setup", address: "/docs/oauth-setup" },
      { name: "Webhooks", address: "/docs/webhooks" },
    ],
  },
  {
    name: "API",
    links: [
      { name: "Quick start", address: "/docs/quick-start" },
      { name: "Reference", address: "/docs/api" },
      { name: "All topics", address: "/docs/search" },
    ],
  },
];
