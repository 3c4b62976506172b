export default { title: 'Messy', baseUrl: 'https://messy.example', language: 'en', timezone: 'Asia/Shanghai', search: false, cards: false }
