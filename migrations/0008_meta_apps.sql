-- Where an organization looks at how its leads come in.

-- Which deliveries concern an organization, and by which of its pages: written when they are sorted,
-- so it also tells of pages that were held then and no longer are. A delivery's id begins with the
-- time, so the key is the order of the list.
CREATE TABLE delivery_links (
    organization_id UUID NOT NULL,
    delivery_id UUID NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (organization_id, delivery_id, page_id)
);
