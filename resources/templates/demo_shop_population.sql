-- SPDX-FileCopyrightText: 2026 The Lodestone authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- One row per customer as of the day after the last event or order, with the very features of demo_shop_rows.sql,
-- then how to reach the customer, the consents and what one order of the customer is expected to be worth.
-- Tables: customers, products, events, orders, assignments.
-- Money is summed as decimals: exact, and so the same in whatever order the rows come.
WITH
customer AS (
  SELECT customer_id,
         min(TRY_CAST(signup_date AS DATE)) AS signup_date,
         min(CASE WHEN TRY_CAST(birth_year AS INTEGER) BETWEEN 1915 AND 2012
                  THEN TRY_CAST(birth_year AS INTEGER) END) AS birth_year,
         min(trim(gender)) AS gender,
         min(trim(city)) AS city,
         min(trim(acquisition_channel)) AS acquisition_channel,
         min(trim(email)) AS email,
         min(trim(CAST(phone AS VARCHAR))) AS phone,
         max(TRY_CAST(email_consent AS INTEGER)) AS email_consent,
         max(TRY_CAST(sms_consent AS INTEGER)) AS sms_consent,
         max(TRY_CAST(push_consent AS INTEGER)) AS push_consent
  FROM customers
  GROUP BY customer_id
),
purchase AS (
  SELECT order_id,
         min(customer_id) AS customer_id,
         min(TRY_CAST(ts AS TIMESTAMP)) AS ts,
         min(TRY_CAST(total AS DECIMAL(18, 2))) AS total,
         min(TRY_CAST(discount AS DECIMAL(18, 2))) AS discount,
         min(TRY_CAST(returned AS INTEGER)) AS returned
  FROM orders
  GROUP BY order_id
),
-- Categories are bits of a number: sets of them are joined and counted fast.
category_bit AS (
  SELECT product_id, 1::BIGINT << ((dense_rank() OVER (ORDER BY category) - 1) % 62) AS bit
  FROM (SELECT product_id, min(trim(category)) AS category FROM products GROUP BY product_id)
),
event AS (
  SELECT DISTINCT event_id, customer_id, session_id, product_id, type, TRY_CAST(ts AS TIMESTAMP) AS ts
  FROM events
),
-- One row a session and day.
visit AS (
  SELECT customer_id,
         session_id,
         CAST(ts AS DATE) AS day,
         count(*) FILTER (type = 'view') AS views,
         count(*) FILTER (type = 'search') AS searches,
         count(*) FILTER (type = 'cart') AS carts,
         coalesce(bit_or(bit), 0) AS categories
  FROM event
  LEFT JOIN category_bit USING (product_id)
  GROUP BY customer_id, session_id, CAST(ts AS DATE)
),
contact AS (
  SELECT DISTINCT campaign_id, customer_id, TRY_CAST(sent_at AS TIMESTAMP) AS ts
  FROM assignments
  WHERE sent_at IS NOT NULL
),
today AS (
  SELECT greatest((SELECT max(day) FROM visit), (SELECT CAST(max(ts) AS DATE) FROM purchase)) + 1 AS as_of
),
unit AS (
  SELECT customer_id, as_of FROM customer, today
),
bought AS (
  SELECT u.customer_id,
         count(*) AS orders_before,
         CAST(sum(o.total) AS DOUBLE) AS revenue_before,
         CAST(sum(o.total) AS DOUBLE) / count(o.total) AS mean_order_value,
         CAST(sum(o.discount) AS DOUBLE) / nullif(CAST(sum(o.total) + sum(o.discount) AS DOUBLE), 0) AS discount_share,
         avg(o.returned) AS returned_share,
         date_diff('day', CAST(max(o.ts) AS DATE), any_value(u.as_of)) AS days_since_last_order,
         count(*) FILTER (o.ts >= u.as_of - INTERVAL 30 DAY) AS orders_30d,
         count(*) FILTER (o.ts >= u.as_of - INTERVAL 90 DAY) AS orders_90d,
         count(*) FILTER (o.ts >= u.as_of - INTERVAL 365 DAY) AS orders_365d,
         coalesce(CAST(sum(o.total) FILTER (o.ts >= u.as_of - INTERVAL 90 DAY) AS DOUBLE), 0) AS revenue_90d
  FROM unit u
  JOIN purchase o ON o.customer_id = u.customer_id AND o.ts < u.as_of
  GROUP BY u.customer_id
),
visited AS (
  SELECT u.customer_id,
         date_diff('day', max(e.day), any_value(u.as_of)) AS days_since_last_visit,
         CAST(sum(e.views) FILTER (e.day >= u.as_of - 30) AS BIGINT) AS views_30d,
         CAST(sum(e.searches) FILTER (e.day >= u.as_of - 30) AS BIGINT) AS searches_30d,
         CAST(sum(e.carts) FILTER (e.day >= u.as_of - 30) AS BIGINT) AS carts_30d,
         count(*) FILTER (e.day >= u.as_of - 90) AS sessions_90d,
         bit_count(bit_or(e.categories)) AS categories_before
  FROM unit u
  JOIN visit e ON e.customer_id = u.customer_id AND e.day < u.as_of
  GROUP BY u.customer_id
),
contacted AS (
  SELECT u.customer_id, count(*) AS contacts_60d
  FROM unit u
  JOIN contact t ON t.customer_id = u.customer_id AND t.ts < u.as_of AND t.ts >= u.as_of - INTERVAL 60 DAY
  GROUP BY u.customer_id
),
overall AS (
  SELECT CAST(sum(total) AS DOUBLE) / count(total) AS mean_total FROM purchase
)
SELECT u.customer_id,
       year(u.as_of) - k.birth_year AS age,
       k.gender,
       k.city,
       k.acquisition_channel,
       date_diff('day', k.signup_date, u.as_of) AS tenure_days,
       coalesce(b.orders_before, 0) AS orders_before,
       coalesce(b.revenue_before, 0) AS revenue_before,
       coalesce(b.mean_order_value, 0) AS mean_order_value,
       coalesce(b.discount_share, 0) AS discount_share,
       coalesce(b.returned_share, 0) AS returned_share,
       -- Who never ordered or came counts from signing up.
       coalesce(b.days_since_last_order, date_diff('day', k.signup_date, u.as_of)) AS days_since_last_order,
       coalesce(b.orders_30d, 0) AS orders_30d,
       coalesce(b.orders_90d, 0) AS orders_90d,
       coalesce(b.orders_365d, 0) AS orders_365d,
       coalesce(b.revenue_90d, 0) AS revenue_90d,
       coalesce(v.days_since_last_visit, date_diff('day', k.signup_date, u.as_of)) AS days_since_last_visit,
       coalesce(v.views_30d, 0) AS views_30d,
       coalesce(v.searches_30d, 0) AS searches_30d,
       coalesce(v.carts_30d, 0) AS carts_30d,
       coalesce(v.sessions_90d, 0) AS sessions_90d,
       coalesce(v.categories_before, 0) AS categories_before,
       coalesce(t.contacts_60d, 0) AS contacts_60d,
       k.email,
       k.phone,
       k.email_consent,
       k.sms_consent,
       k.push_consent,
       coalesce(b.mean_order_value, overall.mean_total) AS value
FROM unit u
CROSS JOIN overall
JOIN customer k USING (customer_id)
LEFT JOIN bought b USING (customer_id)
LEFT JOIN visited v USING (customer_id)
LEFT JOIN contacted t USING (customer_id)
ORDER BY u.customer_id
