"""What "next" asks: a fixed number of statements a press, whatever is open."""

SKILLS = "SELECT DISTINCT unnest(skills) FROM accounts_agent WHERE is_active"
# The languages in which each team has something free, from one index entry to the next greater.
LANGUAGES = """
    WITH RECURSIVE spoken (team, language) AS (
        SELECT team, ({first}) FROM unnest(%(teams)s::bigint[]) AS visible (team)
        UNION ALL
        SELECT team, ({following}) FROM spoken WHERE language IS NOT NULL
    )
    SELECT team, language FROM spoken WHERE language IS NOT NULL
"""
_LANGUAGE = """
    SELECT place.language FROM routing_queueplace place
    WHERE place.team_id = team AND place.assignee_id IS NULL AND NOT place.on_its_way {behind}
    ORDER BY place.language LIMIT 1
"""
SPOKEN = LANGUAGES.format(
    first=_LANGUAGE.format(behind=""), following=_LANGUAGE.format(behind="AND place.language > spoken.language")
)
SHARES = "SELECT team_id, lane, percent FROM routing_laneshare WHERE team_id = ANY(%(teams)s::bigint[])"
# What others hold, and whether they are more than newcomers.
AT_WORK = """
    SELECT place.team_id, place.queue_tier, coalesce(place.pre_sale, false), count(*),
           bool_or(agent.experience <> 'newcomer')
    FROM routing_lease lease JOIN routing_queueplace place ON place.ticket_id = lease.ticket_id
    JOIN accounts_agent agent ON agent.id = lease.agent_id
    WHERE lease.until > %(at)s AND lease.agent_id <> %(agent)s AND place.team_id = ANY(%(teams)s::bigint[])
    GROUP BY 1, 2, 3
"""

MOST_LOCKED = 24
"""So many of each branch are looked at: more than others could lock at one instant. All locked: look again."""

_UNTOUCHED = """
    place.actionable_from <= %(at)s AND NOT place.on_its_way AND NOT place.in_chat
    AND NOT EXISTS (
        SELECT FROM routing_lease lease WHERE lease.ticket_id = place.ticket_id AND lease.until > %(at)s)
    AND NOT EXISTS (
        SELECT FROM routing_skip skip
        WHERE skip.ticket_id = place.ticket_id AND skip.agent_id = %(agent)s AND skip.until > %(at)s)
"""
# One's own come first, but for those that are lost: they have their turn with all that is, behind what can be kept.
OWN_FIRST = f"""
    (SELECT place.ticket_id, CASE WHEN place.queue_tier = 9 THEN %(lost_rank)s ELSE 0 END AS rank,
            place.governing NOT LIKE 'promise:%%' AS after_promises
     FROM routing_queueplace place
     WHERE place.assignee_id = %(agent)s AND place.team_id = ANY(%(teams)s::bigint[]) AND {_UNTOUCHED} {{in_scope}}
     ORDER BY after_promises, place.queue_tier, place.sort_at, place.ticket_id LIMIT {MOST_LOCKED})
"""
_FREE = f"""
    SELECT first.ticket_id, branch.rank, false
    FROM unnest(%({{name}}_teams)s::bigint[], %({{name}}_languages)s::text[], %({{name}}_lowest)s::smallint[],
                %({{name}}_highest)s::smallint[], %({{name}}_ranks)s::smallint[])
         AS branch (team, language, lowest, highest, rank)
    CROSS JOIN LATERAL (
        SELECT place.ticket_id FROM routing_queueplace place
        WHERE place.team_id = branch.team AND place.language = branch.language AND place.assignee_id IS NULL
          AND place.queue_tier BETWEEN branch.lowest AND branch.highest {{only}} AND {_UNTOUCHED} {{in_scope}} {{able}}
        ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT {MOST_LOCKED}
    ) AS first
"""
FREE = _FREE.replace("{name}", "free").replace("{only}", "")
FREE_BEFORE_BUYING = _FREE.replace("{name}", "buying").replace("{only}", "AND place.pre_sale")
# Where who asks before buying has a lane, they are in no other: a wave of them takes no more than its share.
FREE_BUT_BUYING = _FREE.replace("{name}", "others").replace(
    "{only}", "AND (place.queue_tier < 2 OR place.pre_sale IS NOT TRUE)"
)
OF_CHANNELS = "AND place.store_id IN (SELECT id FROM stores_store WHERE channel = ANY(%(channels)s::text[]))"
WITHOUT_SKILLS = """AND NOT EXISTS (
    SELECT FROM tickets_tickettag tagged JOIN tickets_tag tag ON tag.id = tagged.tag_id
    WHERE tagged.ticket_id = place.ticket_id AND lower(tag.name) = ANY(%(lacking)s::text[]))"""

# Of all of them one is leased, and nothing else is locked. SKIP LOCKED lets presses at the same instant pass each
# other; a lease that ran out is taken over. Where a limit in danger is nearer than that of a claim, the claim steps
# back behind it, whatever its lane; a claim that has nothing left to lose keeps its turn.
NEXT = """
    WITH found AS MATERIALIZED ({found}), danger AS (
        SELECT min(place.limit_due) AS due, min(found.rank) AS rank
        FROM found JOIN routing_queueplace place ON place.ticket_id = found.ticket_id
        WHERE place.in_danger AND found.rank > 0
    ), ordered AS MATERIALIZED (
        SELECT found.ticket_id, found.after_promises,
               CASE WHEN place.queue_tier = 0 AND found.rank > 0 AND place.act_by > danger.due
                    THEN greatest(found.rank, danger.rank) ELSE found.rank END AS rank,
               CASE WHEN place.queue_tier = 0 AND place.act_by IS NULL THEN 0
                    WHEN place.queue_tier = 0 OR place.in_danger THEN 1 ELSE 2 + place.queue_tier END AS urgency,
               CASE WHEN place.queue_tier = 0 THEN coalesce(place.act_by, place.sort_at)
                    ELSE place.sort_at END AS limit_at
        FROM found JOIN routing_queueplace place ON place.ticket_id = found.ticket_id CROSS JOIN danger
    ), served AS (
        SELECT place.ticket_id FROM routing_queueplace place JOIN ordered ON ordered.ticket_id = place.ticket_id
        ORDER BY ordered.rank, ordered.after_promises, ordered.urgency, ordered.limit_at, ordered.ticket_id
        LIMIT 1 FOR UPDATE OF place SKIP LOCKED
    ), leased AS (
        INSERT INTO routing_lease AS held (ticket_id, agent_id, until)
        SELECT ticket_id, %(agent)s, %(until)s FROM served
        ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, until = excluded.until
        WHERE held.until <= %(at)s
        RETURNING ticket_id
    )
    SELECT EXISTS (SELECT FROM found), (SELECT ticket_id FROM leased)
"""
